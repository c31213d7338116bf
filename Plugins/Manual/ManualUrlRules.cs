using System.Globalization;
using System.Text.RegularExpressions;

namespace Plugins.Manual;

/// <summary>Judges an address by its text alone. It answers the address as it will be used, or why it is refused.</summary>
internal static partial class ManualUrlRules
{
    public const int MaxCharacters = 2048;
    private const string Https = "https://";

    [GeneratedRegex(@"^(?<host>[^:]*)(:(?<port>[0-9]{0,5}))?\z")]
    private static partial Regex Authority { get; }

    [GeneratedRegex("%([01][0-9A-F]|7F)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EncodedControl { get; }

    public static (Uri? Url, string? Refusal) Check(string? url, IReadOnlyCollection<string> allowedHosts)
    {
        if (string.IsNullOrWhiteSpace(url))
            return Refuse(Texts.Missing);
        if (url.Length > MaxCharacters)
            return Refuse(Texts.TooLong);
        if (!url.All(IsPlain) || EncodedControl.IsMatch(url))
            return Refuse(Texts.Characters);
        if (!url.StartsWith(Https, StringComparison.OrdinalIgnoreCase))
            return Refuse(Texts.NotHttps);
        return CheckHost(url[Https.Length..], allowedHosts);
    }

    private static (Uri?, string?) CheckHost(string text, IReadOnlyCollection<string> allowedHosts)
    {
        // The text is taken apart by hand first: parsers forgive what disguises a host.
        var authority = text.Split('/', '?', '#')[0];
        if (authority.Contains('@'))
            return Refuse(Texts.UserInfo);
        if (!Authority.Match(authority).Success)
            return Refuse(Texts.NotDnsName);
        var parts = Authority.Match(authority);
        var host = parts.Groups["host"].Value.ToLowerInvariant();
        host = host.EndsWith('.') ? host[..^1] : host;
        if (HostNames.IsInternational(host))
            return Refuse(Texts.International);
        if (!HostNames.IsDnsName(host))
            return Refuse(Texts.NotDnsName);
        if (parts.Groups["port"].Value is not ("" or "443"))
            return Refuse(Texts.Port);

        if (!Uri.TryCreate(Https + host + text[authority.Length..], UriKind.Absolute, out var uri) || uri.IdnHost != host)
            return Refuse(Texts.NotDnsName);
        if (KnownHosts.Rules.FirstOrDefault(r => r.Hosts.Any(h => HostNames.Matches(host, h))) is { } rule)
            return CheckKnown(uri, rule);
        return allowedHosts.Any(h => HostNames.Matches(host, h)) ? CheckAllowed(uri) : Refuse(Texts.UnknownHost, host);
    }

    private static (Uri?, string?) CheckKnown(Uri uri, HostRule rule)
    {
        if (rule.IsChat)
            return Refuse(Texts.ChatLink, uri.IdnHost);
        var path = uri.AbsolutePath.Length > 1 ? uri.AbsolutePath.TrimEnd('/') : uri.AbsolutePath;
        var query = Query.Of(uri);
        if (rule.HostLinks?.IsMatch(uri.AbsolutePath) == true || rule.HostParameters.Any(query.Has))
            return Refuse(Texts.HostLink);
        if (KnownHosts.PersonalParameters.Any(query.Has))
            return Refuse(Texts.PersonalLink);
        if (rule.Redirectors?.IsMatch(uri.AbsolutePath) == true)
            return Refuse(Texts.Redirector, uri.IdnHost);
        if (rule.Meetings.FirstOrDefault(m => m.Path.IsMatch(path) && (m.Required is null || query.Has(m.Required))) is not { } meeting)
            return Refuse(Texts.NotMeeting, uri.IdnHost);
        return Accept(uri.IdnHost, path, query.Only(meeting.Keep), "");
    }

    private static (Uri?, string?) CheckAllowed(Uri uri)
    {
        var query = Query.Of(uri);
        return KnownHosts.PersonalParameters.Any(query.Has)
            ? Refuse(Texts.PersonalLink)
            : Accept(uri.IdnHost, uri.AbsolutePath, uri.Query, uri.Fragment);
    }

    private static (Uri?, string?) Accept(string host, string path, string query, string fragment) =>
        Uri.TryCreate(Https + host + path + query + fragment, UriKind.Absolute, out var uri) ? (uri, null) : Refuse(Texts.NotMeeting, host);

    // Format characters are invisible, and some turn the reading direction.
    private static bool IsPlain(char c) =>
        c != '\\' && !char.IsWhiteSpace(c) && !char.IsControl(c) && !char.IsSurrogate(c)
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse);

    private static (Uri?, string?) Refuse(string text) => (null, text);

    private static (Uri?, string?) Refuse(string text, string host) => (null, string.Format(CultureInfo.CurrentCulture, text, host));
}
