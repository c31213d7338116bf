using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;

namespace Portal.Sessions.Live;

/// <summary>What the records say of the time around the meeting.</summary>
/// <param name="Waited">Who was told to wait, and when first.</param>
/// <param name="Inside">Who was let in and has not left since, as far as the portal knows.</param>
/// <param name="MentorJoinedUtc">When the mentor was last let in; null for a mentor who was not.</param>
/// <param name="BeganUtc">When the first person was let in.</param>
/// <param name="MentorLeftUtc">When the mentor, who has not come back, left.</param>
public sealed record Seen(
    IReadOnlyDictionary<Guid, DateTimeOffset> Waited, IReadOnlySet<Guid> Inside, DateTimeOffset? MentorJoinedUtc, DateTimeOffset? BeganUtc,
    DateTimeOffset? MentorLeftUtc)
{
    /// <summary>Whether or not they have left since.</summary>
    public bool MentorHasJoined => MentorJoinedUtc is not null;
}

/// <summary>Somebody who waits to be let in.</summary>
public sealed record Waiting(SessionParticipant Person, DateTimeOffset SinceUtc);

/// <param name="Waiting">Who came first is first.</param>
/// <param name="Inside">In the room.</param>
/// <param name="AwaitsMentee">Nobody of the mentees is in the room, nor waits to be.</param>
public sealed record Gathering(IReadOnlyList<Waiting> Waiting, IReadOnlyList<SessionParticipant> Inside, bool AwaitsMentee);

/// <summary>Who is there and who waits, at a session's present time.</summary>
public sealed class Gatherings(PortalDbContext db, IOptions<JoinOptions> policy, TimeProvider clock)
{
    /// <summary>A page that waits is heard of each half minute. Who was not heard of for longer has closed it.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(2);

    private static readonly MeetingEventKind[] Moves = [MeetingEventKind.Joined, MeetingEventKind.Left];

    /// <param name="sessionId">The session.</param>
    /// <param name="since">Who came before came to another time of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Seen> ReadAsync(Guid sessionId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = await db.MeetingEvents
            .Where(e => e.SessionId == sessionId && e.AtUtc >= since && e.ParticipantId != null
                && (e.Decision == JoinDecision.WaitingForMentor || Moves.Contains(e.Kind)))
            .OrderBy(e => e.AtUtc)
            .Select(e => new
            {
                Id = e.ParticipantId!.Value,
                e.Kind,
                e.AtUtc,
                IsMentor = db.Participants.Any(p => p.Id == e.ParticipantId && p.Role == ParticipantRole.Mentor),
            })
            .ToListAsync(cancellationToken);
        return new(
            rows.Where(r => !Moves.Contains(r.Kind)).GroupBy(r => r.Id).ToDictionary(r => r.Key, r => r.First().AtUtc),
            rows.Where(r => Moves.Contains(r.Kind)).GroupBy(r => r.Id).Where(r => r.Last().Kind == MeetingEventKind.Joined)
                .Select(r => r.Key).ToHashSet(),
            rows.LastOrDefault(r => r.IsMentor && r.Kind == MeetingEventKind.Joined)?.AtUtc,
            rows.FirstOrDefault(r => r.Kind == MeetingEventKind.Joined)?.AtUtc,
            rows.LastOrDefault(r => r.IsMentor && Moves.Contains(r.Kind)) is { Kind: MeetingEventKind.Left } left ? left.AtUtc : null);
    }

    /// <summary>Nobody before the door opens and after the session is over.</summary>
    public async Task<Gathering> OfAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (session.State != SessionState.Confirmed || now < SessionDoor.OpensAt(session.StartUtc, policy.Value)
            || now >= SessionDoor.ClosesAt(session.EndUtc, policy.Value))
            return new([], [], AwaitsMentee: false);
        var since = SessionDoor.CountsFrom(session.StartUtc, session.TimeSetUtc, policy.Value);
        var seen = await ReadAsync(session.Id, since, cancellationToken);
        var there = session.Participants.Where(p => p.IsIn).ToList();
        var waiting = there.Where(p => seen.Waited.ContainsKey(p.Id) && VisitorOf(session, p, seen).MustWait(now, policy.Value))
            .Where(p => p.AtDoorUtc >= now - MaxSilence)
            .Select(p => new Waiting(p, seen.Waited[p.Id])).OrderBy(w => w.SinceUtc).ToList();
        var inside = there.Where(p => seen.Inside.Contains(p.Id)).ToList();
        return new(waiting, inside,
            !inside.Concat(waiting.Select(w => w.Person)).Any(p => p.Role == ParticipantRole.Mentee));
    }

    internal static Visitor VisitorOf(MentoringSession session, SessionParticipant person, Seen seen) => new(
        person.Role, session.StartUtc, session.TimeSetUtc, person.AdmittedUtc,
        seen.Waited.TryGetValue(person.Id, out var at) ? at : null, seen.MentorHasJoined);
}
