using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Portal.Sessions;
using Portal.Settings;

namespace Portal.Pages.Help;

/// <summary>What mentees and mentors ask about meetings, for everybody to read.</summary>
[AllowAnonymous]
public sealed class IndexModel(IOptions<JoinOptions> joining, IOptions<PortalOptions> portal) : PageModel
{
    public int OpensBefore => joining.Value.OpensMinutesBefore;

    public PortalOptions Portal => portal.Value;

    /// <summary>Each a heading and its sentences, by the names of their texts.</summary>
    public IReadOnlyList<(string Id, int Sentences)> Topics { get; } =
        [("Join", 4), ("Browser", 3), ("Devices", 3), ("Line", 4), ("Phone", 3), ("People", 4), ("Notes", 4), ("Mentor", 6)];

    /// <summary>Of the room that opens in a page of ours (Jitsi Meet).</summary>
    public IReadOnlyList<string> Keys { get; } = ["M", "Space", "V", "A", "C", "D", "R", "P", "W", "S", "?"];
}
