using Localization;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Api;

/// <summary>A body that can bring the proof along with it.</summary>
internal interface ICarriesProof
{
    /// <summary>The field's name, and the password in it.</summary>
    (string Field, string? Password) Proof { get; }
}

/// <param name="Password">The account's.</param>
/// <param name="Code">In its place, a code of the app that the account asks for at sign-in.</param>
public sealed record ProofRequest(string? Password, string? Code = null);

/// <summary>
/// A token is not enough to change how one signs in: the password, or a code, comes with the request or came within the last minutes.
/// Having signed in as a program is none, for a token can be stolen the minute after.
/// </summary>
internal static class Proof
{
    public static RouteHandlerBuilder NeedsProof(this RouteHandlerBuilder call, bool byPassword = false) =>
        call.AddEndpointFilter((context, next) => CheckAsync(context, next, byPassword))
            .WithMetadata(new NeedsProofAttribute { ByPassword = byPassword });

    /// <summary>POST …/account/proof.</summary>
    public static async Task<IResult> ProveAsync(ProofRequest request, Me me, RecentProof proof, HttpContext http)
    {
        var answer = string.IsNullOrWhiteSpace(request.Code)
            ? await proof.ByPasswordAsync(me.Id, me.DeviceId, request.Password, http.RequestAborted)
            : await proof.ByCodeAsync(me.Id, me.DeviceId, request.Code, http.RequestAborted);
        return answer.User is not null ? Results.NoContent()
            : string.IsNullOrWhiteSpace(request.Code) ? Refuse(http, answer, nameof(request.Password), ErrorText.PasswordWrong)
            : Refuse(http, answer, nameof(request.Code), ErrorText.TwoFactorWrong);
    }

    private static async ValueTask<object?> CheckAsync(
        EndpointFilterInvocationContext call, EndpointFilterDelegate next, bool byPassword)
    {
        var http = call.HttpContext;
        var proof = http.RequestServices.GetRequiredService<RecentProof>();
        if (http.User.UserId() is not { } me)
            return await next(call); // a program's key, which is refused as one
        if (call.Arguments.OfType<ICarriesProof>().FirstOrDefault()?.Proof is (var field, { Length: > 0 } password))
        {
            var answer = await proof.ByPasswordAsync(me, http.User.DeviceId(), password, http.RequestAborted);
            return answer.User is null ? Refuse(http, answer, field, ErrorText.PasswordWrong) : await next(call);
        }
        return !byPassword && await proof.IsThereAsync(me, http.User.DeviceId(), http.RequestAborted) ? await next(call)
            : Problems.Of(StatusCodes.Status401Unauthorized, ErrorText.ProofNeeded, ("code", "proofNeeded"), ("prove", "/api/v1/account/proof"));
    }

    private static IResult Refuse(HttpContext http, SignInAnswer answer, string field, string wrong) =>
        answer.MustWait ? Problems.Wait(http, answer, wrong) : Problems.Field(field, wrong);
}
