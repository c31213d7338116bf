using System.Text.RegularExpressions;

namespace Plugins.Jitsi;

/// <summary>Where the server is and how its rooms are addressed.</summary>
internal sealed partial record JitsiServer(string Host, string Tenant)
{
    public const string PublicHost = "meet.jit.si";
    private const string JaasHost = "8x8.vc";

    // Host, port, and a tenant as Jitsi allows it: up to 63 characters, no hyphen at either end.
    [GeneratedRegex(@"^(?<host>[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?)(/(?<tenant>[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?))?\z")]
    private static partial Regex Shape { get; }

    [GeneratedRegex(@"^vpaas-magic-cookie-[a-z0-9]{1,80}\z")]
    private static partial Regex JaasAppId { get; }

    public string Origin => $"https://{Host}";

    /// <summary>The server's IFrame API.</summary>
    public Uri Script => new(Tenant is not "" && Host == JaasHost ? $"{Origin}/{Tenant}/external_api.js" : $"{Origin}/external_api.js");

    /// <summary>The server's settings, as browsers read them.</summary>
    public Uri Config => new(Tenant is "" ? $"{Origin}/config.js" : $"{Origin}/{Tenant}/config.js");

    /// <summary>Where XMPP is spoken over HTTP.</summary>
    public string BoshUrl => Tenant is "" ? $"{Origin}/http-bind" : $"{Origin}/{Tenant}/http-bind";

    /// <summary>What the IFrame API calls its domain and room: JaaS wants the tenant in the room, others in the domain.</summary>
    public string ApiDomain => Tenant is "" || Host == JaasHost ? Host : $"{Host}/{Tenant}";

    public string ApiRoom(string room) => Tenant is not "" && Host == JaasHost ? $"{Tenant}/{room}" : room;

    public string RoomUrl(string room) => Tenant is "" ? $"{Origin}/{room}" : $"{Origin}/{Tenant}/{room}";

    /// <summary>What the room is called in XMPP.</summary>
    public string Muc(JitsiOptions options, string room)
    {
        var tenant = Tenant is "" ? "" : Tenant + ".";
        return $"{room}@{(options.MucDomain is not "" ? options.MucDomain : $"conference.{tenant}{new Uri(Origin).Host}")}";
    }

    public static bool IsJaasAppId(string appId) => JaasAppId.IsMatch(appId);

    /// <summary>Where people meet.</summary>
    public static JitsiServer? From(JitsiOptions options) => options.PublicWhileSettingUp ? Parse(PublicHost) : Own(options);

    /// <summary>The server that the settings describe, whether or not people meet there yet.</summary>
    public static JitsiServer? Own(JitsiOptions options)
    {
        if (options.Mode == JitsiMode.Jaas)
            return Parse(options.Domain is "" ? JaasHost : options.Domain) is { } jaas ? jaas with { Tenant = options.AppId } : null;
        return Parse(options.Domain is "" && options.Mode == JitsiMode.Public ? PublicHost : options.Domain);
    }

    public static string? Problem(JitsiOptions options) => Own(options) switch
    {
        null => options.Domain is "" ? Texts.DomainMissing : Texts.DomainInvalid,
        { Host: PublicHost } when options.UsesTokens => Texts.DomainPublic,
        _ => null,
    };

    private static JitsiServer? Parse(string domain)
    {
        var text = domain.Trim().ToLowerInvariant();
        if (text.StartsWith("https://", StringComparison.Ordinal))
            text = text["https://".Length..];
        return Shape.Match(text.TrimEnd('/')) is { Success: true } match
            && Uri.TryCreate($"https://{match.Groups["host"].Value}/", UriKind.Absolute, out var uri)
                ? new(uri.Authority, match.Groups["tenant"].Value)
                : null;
    }
}
