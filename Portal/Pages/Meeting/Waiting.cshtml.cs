using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Joining;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;

namespace Portal.Pages.Meeting;

/// <summary>
/// Who waits and who is there, for the meeting's page, whose cookie says for whom it was opened. Only the mentor's may let others in.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class WaitingModel(
    JoinService joining, RoomCookie cookie, SessionQueries queries, SessionPolicy policy, Gatherings gatherings, Admission admission,
    TimeProvider clock) : PageModel
{
    public MentoringSession Session { get; private set; } = null!;
    public Gathering Now { get; private set; } = null!;
    public bool MayAdmit { get; private set; }
    public string Zone { get; private set; } = "Etc/UTC";

    /// <summary>Who is in the room besides the reader.</summary>
    public IEnumerable<SessionParticipant> Others => Now.Inside.Where(p => p.Id != _reader);

    /// <summary>The reader is the mentor.</summary>
    public bool IsHost { get; private set; }

    /// <summary>Who is in the room and has not agreed to being recorded, where the meeting may be.</summary>
    public IEnumerable<SessionParticipant> Objections =>
        _mayBeRecorded ? Now.Inside.Where(p => p.RecordingAnswer != RecordingAnswer.Yes) : [];

    private Guid _reader;
    private bool _mayBeRecorded;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await GuestAsync(id, cancellationToken) is not { } person
            || await queries.OfRoomAsync(id, cancellationToken) is not { } session)
            return NotFound();
        if (!person.IsPassedOn)
            HttpContext.Items["ReaderLanguage"] = person.Language;
        (Session, Zone, _reader) = (session, person.TimeZone, person.ParticipantId);
        (IsHost, _mayBeRecorded) = (HostView.CallerOf(person) is not null, person.MayBeRecorded);
        Now = await gatherings.OfAsync(session, cancellationToken);
        MayAdmit = SessionRights.Of(session, CallerOf(person), clock.GetUtcNow(), policy).Admit.IsAllowed();
        return Page();
    }

    /// <param name="id">The session.</param>
    /// <param name="person">Null: everybody who waits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, Guid? person, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || await GuestAsync(id, cancellationToken) is not { } guest)
            return NotFound();
        return StatusCode((await admission.AdmitAsync(id, person, CallerOf(guest), cancellationToken)).Status());
    }

    /// <summary>Null for who has no business in this room, or none any more.</summary>
    private async Task<JoinPerson?> GuestAsync(Guid id, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        return cookie.Read(HttpContext, id) is { } guest
            && await joining.LookAsync(guest, cancellationToken) is { Decision: not JoinDecision.Revoked, Person: { } person }
            && person.SessionId == id ? person : null;
    }

    /// <summary>The room's mentor is its session's, and no administrator: whoever has the cookie has not signed in with it.</summary>
    private static Caller CallerOf(JoinPerson person) =>
        new(person.Role == ParticipantRole.Mentor ? person.UserId : null, IsAdmin: false);
}
