using Localization;
using Portal.People;

namespace Portal.Api;

/// <summary>A body that knows what may stand in it.</summary>
internal interface ICheckedRequest
{
    /// <summary>Empty when it can be taken.</summary>
    IReadOnlyList<FieldProblem> Check();
}

/// <summary>What is refused before a call runs, the same for every call.</summary>
internal static class RequestChecks
{
    public static RouteGroupBuilder WithRequestChecks(this RouteGroupBuilder group) => group.AddEndpointFilterFactory((factory, next) =>
    {
        var needsAccount = factory.MethodInfo.GetParameters().Any(p => p.ParameterType == typeof(Me));
        return async call =>
        {
            if (needsAccount && call.HttpContext.User.UserId() is null)
                return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorText.KeyHasNoAccount);
            var problems = call.Arguments.OfType<ICheckedRequest>().SelectMany(r => r.Check()).ToList();
            return problems.Count > 0 ? Problems.Of(problems) : await next(call);
        };
    });
}
