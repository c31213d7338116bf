using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Joining;
using Portal.ProviderHost;
using Portal.Security;
using Providers;

namespace Portal.Pages.Meeting;

/// <summary>The embedded room, for a browser that the door has let in.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class IndexModel(JoinService joining, JoinRecord record, RoomCookie cookie, MeetingProviders providers) : PageModel
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
        var outcome = await joining.ReenterAsync(guest, cancellationToken);
        if (outcome.View.Person?.SessionId != id)
            return Refused(JoinView.Unknown);
        if (!outcome.View.Person.IsPassedOn)
            HttpContext.Items["ReaderLanguage"] = outcome.View.Person.Language;
        // The end may have moved since the door gave it.
        cookie.Set(HttpContext, outcome.View);
        switch (outcome.Target)
        {
            case EmbedTarget room when providers.Embedding(outcome.View.Person.Tool) is { } embedding:
                (Look, Room) = (outcome.View, room);
                HttpContext.AllowEmbedding(embedding.Embedding.Origins, withScript: room.Script is not null);
                return Page();
            case RedirectTarget redirect:
                // The meeting moved to a tool that opens in its own page since this browser was let in.
                return Redirect(redirect.Url.AbsoluteUri);
            case PlaceTarget when outcome.View.Person.UserId is not null:
                // It is no longer a meeting on a page; the session's own says where.
                return Redirect($"/sessions/{id}");
            default:
                return Refused(outcome.View);
        }
    }

    /// <summary>Asked by the page while people are in the room: whether they have to go, to another room or out.</summary>
    public async Task<IActionResult> OnGetStateAsync(Guid id, int room, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        if (cookie.Read(HttpContext, id) is not { } guest
            || await joining.LookAsync(guest, cancellationToken) is not { Person: { } person } view || person.SessionId != id)
            return NotFound();
        return new JsonResult(new { go = view.MustLeave(room) });
    }

    /// <summary>
    /// Asked by the page that lost its connection, before it opens the room anew: a fresh token, and the cookie until the present end.
    /// Where the room is no longer this one, the page is loaded anew.
    /// </summary>
    public async Task<IActionResult> OnGetAgainAsync(Guid id, int room, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        if (cookie.Read(HttpContext, id) is not { } guest)
            return NotFound();
        var outcome = await joining.ReenterAsync(guest, cancellationToken);
        if (outcome.View.Person is not { } person || person.SessionId != id)
            return NotFound();
        cookie.Set(HttpContext, outcome.View);
        return new JsonResult(outcome.Target is EmbedTarget { Script: null } target && person.RoomVersion == room
            ? (object)new { data = target.Data } : new { go = true });
    }

    /// <summary>The page tells that the room could not be opened in it.</summary>
    public async Task<IActionResult> OnPostTroubleAsync(Guid id, CancellationToken cancellationToken)
    {
        if (cookie.Read(HttpContext, id) is not { } guest || (await joining.LookAsync(guest, cancellationToken)).Person is not { } person
            || person.SessionId != id)
            return NotFound();
        await record.FailedAsync(person, cancellationToken);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>The page says goodbye, when it is closed or the call has ended.</summary>
    public async Task<IActionResult> OnPostLeftAsync(Guid id, CancellationToken cancellationToken)
    {
        if (cookie.Read(HttpContext, id) is not { } guest || (await joining.LookAsync(guest, cancellationToken)).Person is not { } person
            || person.SessionId != id)
            return NotFound();
        await record.LeftAsync(person, cancellationToken);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    private PageResult Refused(JoinView view)
    {
        Look = view;
        Response.StatusCode = view.Decision.PageStatus();
        return Page();
    }
}
