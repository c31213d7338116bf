using System.Globalization;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.Zoom;

/// <summary>What Zoom's refusals mean. Its own words are not passed on: they may name people.</summary>
internal static partial class ZoomErrors
{
    private const int UnknownUser = 1001;
    private const int OtherAccountsUser = 1010;
    private const string CodeKey = "Zoom";
    private static readonly TimeSpan MomentaryWait = TimeSpan.FromSeconds(2);

    [GeneratedRegex(@"\b[a-z_]{2,40}(?::[a-z_]{2,40}){1,3}\b")]
    private static partial Regex ScopeName { get; }

    [GeneratedRegex(@"^[a-zA-Z_.\[\]0-9]{1,60}\z")]
    private static partial Regex FieldName { get; }

    /// <summary>A new token may help: this one ended early, or is older than the permissions it lacks.</summary>
    public static bool MayBeTheToken(ZoomAnswer answer) =>
        answer.Status == 401 || (answer.Status == 400 && answer.Error.Code is 124 or 4700 or 4711);

    public static ProviderException Exception(ZoomAnswer answer)
    {
        var (failure, text) = Meaning(answer);
        return new(failure, text)
        {
            RetryAfter = failure == ProviderFailure.RateLimited ? Wait(answer) : null,
            Data = { [CodeKey] = answer.Error.Code },
        };
    }

    /// <summary>Nobody of this account can host under that address.</summary>
    public static bool IsNoUserHere(ProviderException failure) => failure.Data[CodeKey] is UnknownUser or OtherAccountsUser;

    public static string MissingScopes(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? Texts.ErrorScopesUnnamed : Text(Texts.ErrorScopes, string.Join(", ", names));

    private static (ProviderFailure, string) Meaning(ZoomAnswer answer) => (answer.Status, answer.Error.Code) switch
    {
        (_, 4700 or 4711) => (ProviderFailure.Unauthorized, MissingScopes(ScopesIn(answer.Error.Message))),
        (_, 4702 or 4704 or 4706) => (ProviderFailure.Unauthorized, Texts.ErrorClient),
        (401, _) or (_, 124) => (ProviderFailure.Unauthorized, Texts.ErrorToken),
        (429, _) => (ProviderFailure.RateLimited, IsDaily(answer) ? Texts.ErrorDailyLimit : Texts.ErrorLimit),
        (_, 300) when IsDaily(answer) => (ProviderFailure.RateLimited, Texts.ErrorDailyLimit),
        (_, 300) => (ProviderFailure.Rejected, Invalid(answer.Error)),
        (_, 200 or 201) => (ProviderFailure.Rejected, Texts.ErrorPlan),
        (_, UnknownUser) => (ProviderFailure.Rejected, Texts.ErrorHostUnknown),
        (_, OtherAccountsUser) => (ProviderFailure.Rejected, Texts.ErrorOtherAccount),
        (403, _) => (ProviderFailure.Unauthorized, Texts.ErrorForbidden),
        (_, 3000) => (ProviderFailure.Rejected, Texts.ErrorNoAccess),
        (_, 3001) => (ProviderFailure.NotFound, Texts.ErrorGone),
        (_, 3002) => (ProviderFailure.Rejected, Texts.ErrorRunning),
        (_, 3003) => (ProviderFailure.Rejected, Texts.ErrorNotHost),
        (_, 3007) => (ProviderFailure.Rejected, Texts.ErrorEnded),
        (_, 3043) => (ProviderFailure.Rejected, Texts.ErrorFull),
        (_, 3161) => (ProviderFailure.Rejected, Texts.ErrorMayNotHost),
        ( >= 500 or 408, _) => (ProviderFailure.Unavailable, Text(Texts.ErrorServer, answer.Status)),
        _ => (ProviderFailure.Rejected, Text(Texts.ErrorOther, answer.Status, answer.Error.Code ?? 0)),
    };

    private static bool IsDaily(ZoomAnswer answer) =>
        answer.Error.Message?.Contains("maximum", StringComparison.OrdinalIgnoreCase) == true
        || answer.Error.Message?.Contains("daily", StringComparison.OrdinalIgnoreCase) == true
        || answer.LimitType?.Contains("daily", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The time that Zoom names: seconds or a date. The daily limit begins anew at midnight UTC.</summary>
    private static TimeSpan Wait(ZoomAnswer answer)
    {
        if (int.TryParse(answer.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        var until = ZoomJson.Time(answer.RetryAfter)
            ?? (IsDaily(answer) ? new DateTimeOffset(answer.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : answer.Now + MomentaryWait);
        return until > answer.Now ? until - answer.Now : TimeSpan.Zero;
    }

    // Zoom names each permission in each of its kinds; ours is the one for the whole account.
    private static List<string> ScopesIn(string? message)
    {
        var names = ScopeName.Matches(message ?? "").Select(m => m.Value).Distinct().ToList();
        var ours = names.Where(n => n.EndsWith(":admin", StringComparison.Ordinal)).ToList();
        return ours.Count > 0 ? ours : names;
    }

    private static string Invalid(ZoomError error)
    {
        var fields = (error.Errors ?? []).Select(e => e.Field ?? "").Where(f => FieldName.IsMatch(f)).Distinct().Take(5).ToList();
        return fields.Count > 0 ? Text(Texts.ErrorFields, string.Join(", ", fields)) : Texts.ErrorInvalid;
    }

    private static string Text(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
