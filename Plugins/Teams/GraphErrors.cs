using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;
using Plugins.Shared;
using Providers;

namespace Plugins.Teams;

/// <summary>
/// What a refusal of Microsoft's means and what to do. Its own sentences name people, so only its codes are repeated.
/// </summary>
internal static partial class GraphErrors
{
    public const string Meetings = "OnlineMeetings.ReadWrite.All";
    public const string Artifacts = "OnlineMeetingArtifact.Read.All";
    public const string Users = "User.Read.All";

    [GeneratedRegex(@"AADSTS\d{4,9}")]
    private static partial Regex EntraCode { get; }

    public static IEnumerable<string> Needed(TeamsOptions options)
    {
        yield return Meetings;
        if (options.ReadAttendance)
            yield return Artifacts;
        // A fixed organizer who is named by the object's id need not be looked up.
        if (!Guid.TryParse(options.Organizer, out _))
            yield return Users;
    }

    public static ProviderException Explain(GraphAnswer answer, TeamsOptions options)
    {
        var code = Short($"HTTP {(int)answer.Status} {answer.Json.At("error")?.Text("code")}");
        if (IsAccessPolicy(answer.Json))
            return new(ProviderFailure.Unauthorized, AccessPolicy(options));
        switch (answer.Status)
        {
            case HttpStatusCode.TooManyRequests:
                return new(ProviderFailure.RateLimited, Texts.ErrorRate) { RetryAfter = answer.RetryAfter };
            case HttpStatusCode.Unauthorized:
                return new(ProviderFailure.Unauthorized, Texts.ErrorUnauthorized);
            case HttpStatusCode.Forbidden:
                var missing = answer.Permissions is { } held ? Needed(options).Except(held).ToList() : [];
                return new(ProviderFailure.Unauthorized, missing.Count > 0
                    ? Permission(missing)
                    : Say(Texts.ErrorForbidden, code, AccessPolicy(options)));
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new(ProviderFailure.NotFound, Texts.ErrorGone);
            case HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError:
                return new(ProviderFailure.Unavailable, Say(Texts.ErrorUnavailable, code)) { RetryAfter = answer.RetryAfter };
            default:
                return new(ProviderFailure.Rejected, Say(Texts.ErrorRejected, code));
        }
    }

    /// <summary>What Entra says has a number, which is looked up by those who know.</summary>
    public static ProviderException Explain(MsalException refusal, DateTimeOffset now)
    {
        if (refusal.InnerException is HttpRequestException or IOException)
            return new(ProviderFailure.Unavailable, Texts.ErrorNoAnswer, refusal.InnerException);
        if (refusal is MsalServiceException { StatusCode: 429 } busy)
            return new(ProviderFailure.RateLimited, Texts.ErrorRate) { RetryAfter = Wait.Of(busy.Headers?.RetryAfter, now) };
        if (refusal is MsalServiceException { StatusCode: >= 500 or 408 } or { ErrorCode: MsalError.RequestTimeout })
            return new(ProviderFailure.Unavailable, Say(Texts.ErrorUnavailable, "login"));
        var code = EntraCode.Match(refusal.Message) is { Success: true } match ? match.Value : Short(refusal.ErrorCode);
        var text = code switch
        {
            "AADSTS7000215" => Texts.ErrorSecret,
            "AADSTS7000222" => Texts.ErrorSecretExpired,
            "AADSTS700016" => Texts.ErrorClient,
            "AADSTS90002" or "AADSTS900023" => Texts.ErrorTenant,
            _ => null,
        };
        return new(ProviderFailure.Unauthorized, text is null ? Say(Texts.ErrorToken, code) : $"{text} ({code})");
    }

    // Said in either of two ways, over the years.
    public static bool IsAccessPolicy(JsonElement json) => json.At("error")?.Text("message") is { } said
        && (said.Contains("application access policy", StringComparison.OrdinalIgnoreCase)
            || (said.Contains("not authorized to", StringComparison.OrdinalIgnoreCase)
                && said.Contains("on behalf of", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The exact step in PowerShell.</summary>
    public static string AccessPolicy(TeamsOptions options) => Say(
        Texts.ErrorAccessPolicy,
        $"New-CsApplicationAccessPolicy -Identity meetings-portal -AppIds \"{options.ClientId}\"",
        options.Organizer is ""
            ? "Grant-CsApplicationAccessPolicy -PolicyName meetings-portal -Global"
            : $"Grant-CsApplicationAccessPolicy -PolicyName meetings-portal -Identity \"{options.Organizer}\"");

    public static string Permission(IEnumerable<string> missing) => Say(Texts.ErrorPermission, string.Join(", ", missing));

    public static string Say(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);

    private static string Short(string code) => code.Length > 80 ? code[..80].Trim() : code.Trim();
}
