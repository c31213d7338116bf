using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Joining;
using Portal.ProviderHost;
using Portal.Security;
using Providers;

namespace Portal.Pages.Meeting;

/// <summary>The embedded room, for a browser that the door has let in.</summary>
[AllowAnonymous]
public sealed class IndexModel(JoinService joining, RoomCookie cookie, MeetingProviders providers) : PageModel
{
    public JoinView Look { get; private set; } = JoinView.Unknown;
    public EmbedTarget? Room { get; private set; }
    public string ProviderId => Look.Person?.ProviderId ?? "";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        // Without the cookie nothing is said about the meeting, not even whether it exists.
        if (cookie.Read(HttpContext, id) is not { } guest)
            return Refused(JoinView.Unknown);
        var outcome = await joining.ReenterAsync(guest.ParticipantId, guest.LinkVersion, cancellationToken);
        if (outcome.View.Person?.SessionId != id)
            return Refused(JoinView.Unknown);
        if (!outcome.View.Person.IsPassedOn)
            HttpContext.Items["ReaderLanguage"] = outcome.View.Person.Language;
        switch (outcome.Target)
        {
            case EmbedTarget room when providers.Embedding(outcome.View.Person.ProviderId!) is { } embedding:
                (Look, Room) = (outcome.View, room);
                HttpContext.AllowEmbedding(embedding.Embedding.Origins, withScript: room.Script is not null);
                return Page();
            case RedirectTarget redirect:
                // The meeting moved to a tool that opens in its own page since this browser was let in.
                return Redirect(redirect.Url.AbsoluteUri);
            default:
                return Refused(outcome.View);
        }
    }

    private PageResult Refused(JoinView view)
    {
        Look = view;
        Response.StatusCode = view.Decision.PageStatus();
        return Page();
    }
}
