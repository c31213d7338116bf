using System.Globalization;
using System.Net;
using System.Text.Json;
using Google.Apis.Auth.OAuth2.Responses;
using Plugins.Shared;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>
/// What a refusal of Google's means and what to do. Google's own sentences name people and projects, so only its codes are repeated.
/// </summary>
internal static class GoogleErrors
{
    private static readonly string[] TooFast =
    [
        "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "calendarUsageLimitsExceeded",
        "RATE_LIMIT_EXCEEDED",
    ];
    private static readonly string[] ApiOff = ["accessNotConfigured", "SERVICE_DISABLED"];
    private static readonly string[] NoScope = ["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"];

    public static ProviderException Explain(GoogleAnswer answer, Uri url, GoogleMeetOptions options)
    {
        var reasons = Reasons(answer.Json).ToList();
        var isMeet = url.Host == GoogleAddresses.MeetHost;
        var api = isMeet ? "Google Meet REST API" : "Google Calendar API";
        if (answer.Status == HttpStatusCode.TooManyRequests || reasons.Intersect(TooFast).Any())
            return new(ProviderFailure.RateLimited, Texts.ErrorRate) { RetryAfter = answer.RetryAfter };
        if (reasons.Intersect(ApiOff).Any())
            return new(ProviderFailure.NotConfigured, Say(Texts.ErrorApiOff, api));
        if (reasons.Intersect(NoScope).Any())
            return new(ProviderFailure.Unauthorized, Say(Texts.ErrorScope, List(isMeet
                ? GoogleScopes.Of(options).Where(s => s.Contains("meetings", StringComparison.Ordinal))
                : [GoogleScopes.Events])));
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => new(ProviderFailure.Unauthorized, Texts.ErrorUnauthorized),
            HttpStatusCode.Forbidden => new(ProviderFailure.Unauthorized, Say(Texts.ErrorForbidden, api, Code(answer, reasons))),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new(ProviderFailure.NotFound, Texts.ErrorGone),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new(ProviderFailure.Unavailable, Say(Texts.ErrorUnavailable, Code(answer, reasons))) { RetryAfter = answer.RetryAfter },
            _ => new(ProviderFailure.Rejected, Say(Texts.ErrorRejected, api, Code(answer, reasons))),
        };
    }

    /// <param name="refusal">As the sign-in library reads it.</param>
    /// <param name="caller">For whom; null when for nobody yet.</param>
    /// <param name="serviceAccount">What the Admin console calls it.</param>
    /// <param name="options">Say what is asked for.</param>
    public static ProviderException Explain(
        TokenResponseException refusal, GoogleCaller? caller, string serviceAccount, GoogleMeetOptions options)
    {
        var (error, said) = (refusal.Error?.Error ?? "", refusal.Error?.ErrorDescription ?? "");
        if (refusal.StatusCode is HttpStatusCode.TooManyRequests)
            return new(ProviderFailure.RateLimited, Texts.ErrorRate, refusal);
        if (refusal.StatusCode is null or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
            return new(ProviderFailure.Unavailable, Say(Texts.ErrorUnavailable, $"HTTP {(int?)refusal.StatusCode}"));
        // Meetings of a service account stay its own when mentors sign in themselves from now on.
        var text = (error, caller is { Consent: null }) switch
        {
            ("invalid_client", _) => Texts.ErrorClient,
            ("redirect_uri_mismatch", _) => Texts.ErrorRedirect,
            ("invalid_grant", false) => caller is null ? Texts.ErrorCode : Texts.ErrorConsent,
            ("invalid_grant", _) when Mentions(said, "timeframe") || Mentions(said, "iat") => Texts.ErrorClock,
            ("invalid_grant", _) when Mentions(said, "user") || Mentions(said, "email") => Texts.ErrorUser,
            ("invalid_grant", _) => Texts.ErrorKey,
            ("unauthorized_client" or "access_denied", true) => Delegation(serviceAccount, options),
            _ => Say(Texts.ErrorToken, Short(error)),
        };
        return new(ProviderFailure.Unauthorized, text);
    }

    public static string List(IEnumerable<string> scopes) => string.Join(", ", scopes);

    public static string Say(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);

    /// <summary>The exact step in the Admin console.</summary>
    private static string Delegation(string serviceAccount, GoogleMeetOptions options) =>
        Say(Texts.ErrorDelegation, serviceAccount, List(GoogleScopes.Of(options)));

    private static IEnumerable<string> Reasons(JsonElement json)
    {
        if (json.At("error") is not { } error)
            yield break;
        foreach (var one in error.List("errors").Concat(error.List("details")))
            if (one.Text("reason") is { } reason)
                yield return reason;
    }

    private static string Code(GoogleAnswer answer, List<string> reasons) =>
        Short($"HTTP {(int)answer.Status} {reasons.FirstOrDefault() ?? answer.Json.At("error")?.Text("status")}");

    private static string Short(string code) => code.Length > 80 ? code[..80].Trim() : code.Trim();

    private static bool Mentions(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
