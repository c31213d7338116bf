using System.Text.RegularExpressions;

namespace Plugins.Manual;

/// <summary>The services whose links are understood. A new one is a new entry.</summary>
internal static class KnownHosts
{
    public static readonly IReadOnlyList<HostRule> Rules =
    [
        new(["meet.google.com"], new MeetingPath(Path("/[a-z]{3}-[a-z]{4}-[a-z]{3}")))
        {
            Redirectors = Path("/linkredirect.*"),
        },
        new(["zoom.us", ".zoom.us", ".zoomgov.com"],
            new MeetingPath(Path(@"/[jw]/[0-9]{9,11}"), "pwd", "tk"),
            new MeetingPath(Path(@"/wc/join/[0-9]{9,11}"), "pwd", "tk"),
            new MeetingPath(Path(@"/my/[A-Za-z0-9._-]{1,60}"), "pwd"))
        {
            HostLinks = Path("/s/.*"),
            HostParameters = ["zak"],
        },
        new(["teams.microsoft.com", "teams.live.com"],
            new MeetingPath(Path("/l/meetup-join/[A-Za-z0-9%._@:/-]{1,1000}"), "context"),
            new MeetingPath(Path("/meet/[0-9]{6,20}"), "p"))
        {
            Redirectors = Path("/dl/launcher.*"),
        },
        new([".whereby.com"], new MeetingPath(Path("/[A-Za-z0-9][A-Za-z0-9_-]{0,100}")))
        {
            HostParameters = ["roomKey"],
        },
        new(["meet.jit.si", "8x8.vc"],
            new MeetingPath(Path("/[A-Za-z0-9%_-]{1,600}")),
            new MeetingPath(Path("/vpaas-magic-cookie-[a-z0-9]{1,80}/[A-Za-z0-9%_-]{1,600}"))),
        new([".webex.com"],
            new MeetingPath(Path("/(meet|join)/[A-Za-z0-9%._@-]{1,200}")),
            new MeetingPath(Path(@"/[A-Za-z0-9._-]{1,100}/j\.php"), "MTID") { Required = "MTID" }),
        new(["call.whatsapp.com"], new MeetingPath(Path("/(voice|video)/[A-Za-z0-9_-]{6,64}"))) { App = "WhatsApp" },
        // A number to write to, or a group: whoever opens them is in a chat, and their number is with everybody in it.
        new(["wa.me", "wa.link", "api.whatsapp.com", "web.whatsapp.com", "chat.whatsapp.com"]) { IsChat = true },
    ];

    /// <summary>Null for a link that opens a page.</summary>
    public static string? AppOf(Uri url) => Rules.FirstOrDefault(r => r.Hosts.Any(h => HostNames.Matches(url.IdnHost, h)))?.App;

    // Made for one person, wherever they appear: Jitsi's token, BigBlueButton's signature.
    public static readonly string[] PersonalParameters = ["jwt", "checksum"];

    private static Regex Path(string pattern) => new($@"^{pattern}\z", RegexOptions.CultureInvariant);
}
