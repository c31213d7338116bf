using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Attending;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Notes;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using Providers;

namespace Portal.Pages.Meeting;

/// <summary>The embedded room, for a browser that the door has let in.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Room)]
public sealed class IndexModel(
    JoinService joining, JoinRecord record, RoomStays stays, LinkRequests requests, RoomCookie cookie, MeetingProviders providers,
    ChatKeeping chat, Consents consents, SessionQueries sessions, BreakoutGroups groups, SessionPolicy policy, TimeProvider clock)
    : PageModel
{
    public JoinView Look { get; private set; } = JoinView.Unknown;
    public EmbedTarget? Room { get; private set; }
    public string ProviderId => Look.Person?.ProviderId ?? "";

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>The page tells what its person writes to everybody.</summary>
    public bool KeepsChat => chat.IsOn;

    /// <summary>What the mentor can do for everybody in the room; null for all others.</summary>
    public HostView? Host { get; private set; }

    /// <summary>The page on which this person can give the session another time; null for who may not.</summary>
    public string? MovePath { get; private set; }

    /// <summary>What a tool's shortcuts may do, in words; its module says which keys it has.</summary>
    public IReadOnlyList<(string Does, string Words)> Keys =>
    [
        ("microphone", UiText.KeyMicrophone), ("talk", UiText.KeyTalk), ("camera", UiText.KeyCamera), ("desktop", UiText.KeyDesktop),
        ("chat", UiText.KeyChat), ("raisehand", UiText.KeyHand), ("participants", UiText.KeyParticipants), ("tiles", UiText.KeyTiles),
        ("fullscreen", UiText.KeyFullScreen), ("help", UiText.KeyHelp),
    ];

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
                Host = await HostView.ReadAsync(outcome.View.Person, sessions, groups, policy, clock, cancellationToken);
                MovePath = await HostView.MayMoveAsync(outcome.View.Person, sessions, policy, clock, cancellationToken)
                    ? $"/sessions/{id}/move" : null;
                HttpContext.AllowEmbedding(embedding.Embedding.Origins);
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
        return await LookAsync(id, cancellationToken) is { } view
            ? new JsonResult(new { go = view.MustLeave(room), ended = view.HasEnded() }) : NotFound();
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
        return new JsonResult(outcome.Target is EmbedTarget target && person.RoomVersion == room
            ? (object)new { data = target.Data } : new { go = true });
    }

    /// <summary>The page tells that the room could not be opened in it.</summary>
    public async Task<IActionResult> OnPostTroubleAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LookAsync(id, cancellationToken) is not { Person: { } person })
            return NotFound();
        await record.FailedAsync(person, cancellationToken);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>Where the room does not open, the mentor can give another one; where it is another's page, the mentor is asked.</summary>
    public async Task<IActionResult> OnPostAskLinkAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LookAsync(id, cancellationToken) is not { Decision: not JoinDecision.Revoked, Person: { } person })
            return NotFound();
        return StatusCode((await requests.AskAsync(id, person.ParticipantId, cancellationToken)).Status());
    }

    /// <summary>About being recorded: said anew in the room, or before it where the question came up since the person was let in.</summary>
    public async Task<IActionResult> OnPostConsentAsync(Guid id, string? recording, CancellationToken cancellationToken)
    {
        if (await LookAsync(id, cancellationToken) is not { Decision: not JoinDecision.Revoked, Person: { } person })
            return NotFound();
        if (ConsentWord.Read(recording) is not { } word)
            return BadRequest();
        var outcome = await consents.SayAsync(id, person.ParticipantId, word, cancellationToken);
        // A script of the room's page stays where it is; a form goes on into the room.
        return outcome != SessionOutcome.Done || Request.Headers["Sec-Fetch-Dest"] == "empty"
            ? StatusCode(outcome.Status()) : Redirect(RoomCookie.PathOf(id));
    }

    /// <summary>
    /// The page tells twice a minute that its person is in the room, and at once when they come, go, or lose the line. What is told after
    /// a link was withdrawn is a goodbye.
    /// </summary>
    public async Task<IActionResult> OnPostReportAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LookAsync(id, cancellationToken) is not { Person: { } person } view)
            return NotFound();
        if (await RoomReports.ReadAsync(Request, cancellationToken) is not { } report)
            return BadRequest();
        if (report.IsIn && view.MustLeave(person.RoomVersion))
            report = report with { IsIn = false, End = StayEnd.Left };
        await stays.ReportAsync(id, person.ParticipantId, person.RoomVersion, report, cancellationToken);
        if (report.End is StayEnd.Left or StayEnd.Closed)
            await record.LeftAsync(person, cancellationToken);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>Null for a browser that was not let into this meeting.</summary>
    private async Task<JoinView?> LookAsync(Guid id, CancellationToken cancellationToken) =>
        cookie.Read(HttpContext, id) is { } guest && await joining.LookAsync(guest, cancellationToken) is { Person: { } person } view
            && person.SessionId == id ? view : null;

    private PageResult Refused(JoinView view)
    {
        Look = view;
        Response.StatusCode = view.Decision.PageStatus();
        return Page();
    }
}
