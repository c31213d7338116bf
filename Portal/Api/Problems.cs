using System.Globalization;
using System.Text.Json;
using Localization;
using Portal.Joining;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Api;

/// <summary>Refusals as problem+json, in the caller's language.</summary>
internal static class Problems
{
    /// <summary>204 when it is done.</summary>
    public static IResult Answer(SessionOutcome outcome) => outcome == SessionOutcome.Done ? Results.NoContent() : Of(outcome);

    /// <summary>204 when nothing is wrong.</summary>
    public static IResult Answer(IReadOnlyCollection<FieldProblem> problems) => problems.Count == 0 ? Results.NoContent() : Of(problems);

    /// <summary>204 when it is kept; when to come again, where that helps.</summary>
    public static IResult Answer(PictureProblem problem, HttpResponse response)
    {
        if (problem.IsForNow())
            response.Headers.RetryAfter = $"{PictureProblems.RetryAfterSeconds}";
        return problem.Status() switch
        {
            StatusCodes.Status204NoContent => Results.NoContent(),
            StatusCodes.Status422UnprocessableEntity => Field("picture", problem.Text()),
            var status => Of(status, problem.Text()),
        };
    }

    /// <summary>Too many guesses: told as a limit is, with its end.</summary>
    public static IResult Wait(HttpContext http, SignInAnswer answer, string wrong, params (string Name, object? Value)[] more)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(answer.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Of(StatusCodes.Status429TooManyRequests, answer.Refusal(wrong), more);
    }

    public static IResult Of(SessionOutcome outcome, params (string Name, object? Value)[] more) =>
        Of(outcome.Status(), outcome.Text(), more);

    public static IResult Of(BookingOutcome outcome, params (string Name, object? Value)[] more) =>
        Of(outcome.Status(), outcome.Text(), more);

    /// <param name="status">HTTP.</param>
    /// <param name="title">In the caller's language.</param>
    /// <param name="more">For programs.</param>
    public static IResult Of(int status, string title, params (string Name, object? Value)[] more) =>
        Results.Problem(statusCode: status, title: title, extensions: more.ToDictionary(m => m.Name, m => m.Value));

    /// <summary>Fields that do not fit, by their names in JSON.</summary>
    public static IResult Of(IEnumerable<FieldProblem> problems) => Results.ValidationProblem(
        problems.GroupBy(p => JsonPath(p.Field), p => p.Message).ToDictionary(p => p.Key, p => p.ToArray()),
        statusCode: StatusCodes.Status422UnprocessableEntity, title: ErrorText.CheckFields);

    /// <summary>One field that does not fit.</summary>
    public static IResult Field(string field, string message) => Of([new FieldProblem(field, message)]);

    public static string TitleOf(JoinDecision decision) => decision switch
    {
        JoinDecision.TooEarly => ErrorText.JoinTooEarly,
        JoinDecision.NotConfirmed => ErrorText.JoinNotConfirmed,
        JoinDecision.WaitingForMentor => ErrorText.JoinWaitingForMentor,
        JoinDecision.Preparing => ErrorText.JoinPreparing,
        JoinDecision.Cancelled => ErrorText.JoinCancelled,
        JoinDecision.Over => ErrorText.JoinOver,
        JoinDecision.Revoked => ErrorText.JoinRevoked,
        JoinDecision.AccessEnded => ErrorText.JoinAccessEnded,
        JoinDecision.NotParticipant => ErrorText.SessionNotYours,
        JoinDecision.SignInNeeded => ErrorText.SignInNeeded,
        JoinDecision.NameNeeded => ErrorText.FieldMissing,
        JoinDecision.ConsentNeeded => ErrorText.JoinConsentNeeded,
        JoinDecision.ProviderFailed => ErrorText.JoinProviderFailed,
        _ => ErrorText.NoSuchSession,
    };

    private static string JsonPath(string field) => string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
