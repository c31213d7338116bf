using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Rooms;

namespace Portal.Sessions;

/// <summary>Reads sessions for somebody: only what that person may see comes out.</summary>
public sealed class SessionQueries(PortalDbContext db, TimeProvider clock)
{
    public const int MaxPast = 50;

    /// <summary>A person's sessions that are not over, the next one first.</summary>
    public Task<List<MentoringSession>> AheadAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Of(userId).Where(s => s.StartUtc.AddMinutes(s.LengthMinutes) > now)
            .OrderBy(s => s.StartUtc).ThenBy(s => s.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The latest of a person's sessions that are over.</summary>
    public Task<List<MentoringSession>> PastAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Of(userId).Where(s => s.StartUtc.AddMinutes(s.LengthMinutes) <= now)
            .OrderByDescending(s => s.StartUtc).ThenBy(s => s.Id).Take(MaxPast).ToListAsync(cancellationToken);
    }

    /// <summary>Sessions of the children whom an account answers for, as its own.</summary>
    public Task<List<MentoringSession>> OfChildrenAsync(Guid guardianId, bool past, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var theirs = All().Where(s => s.Participants.Any(p => p.Role == ParticipantRole.Mentee
            && p.WithdrawnUtc == null && p.LeftUtc == null && p.User!.Guardians.Any(g => g.GuardianId == guardianId)));
        return past
            ? theirs.Where(s => s.StartUtc.AddMinutes(s.LengthMinutes) <= now).OrderByDescending(s => s.StartUtc).ThenBy(s => s.Id)
                .Take(MaxPast).ToListAsync(cancellationToken)
            : theirs.Where(s => s.StartUtc.AddMinutes(s.LengthMinutes) > now).OrderBy(s => s.StartUtc).ThenBy(s => s.Id)
                .ToListAsync(cancellationToken);
    }

    /// <summary>The two have, or had, a session.</summary>
    public Task<bool> HaveMetAsync(Guid mentorId, Guid menteeId, CancellationToken cancellationToken) =>
        db.Sessions.AnyAsync(s => s.MentorId == mentorId && s.Participants.Any(p => p.UserId == menteeId), cancellationToken);

    /// <summary>Requests for a mentor's time that nobody has answered.</summary>
    public Task<int> CountRequestsAsync(Guid mentorId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.CountAsync(
            s => s.MentorId == mentorId && s.State == SessionState.Requested && s.StartUtc > now
                && (s.ExpiresUtc == null || s.ExpiresUtc > now), cancellationToken);
    }

    /// <summary>Done with the session, or why not.</summary>
    public async Task<(SessionOutcome Outcome, MentoringSession? Session)> FindAsync(
        Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var session = await All().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (session is null)
            return (SessionOutcome.NoSuchSession, null);
        return SessionRights.MaySee(session, caller)
            ? (SessionOutcome.Done, session)
            : (SessionOutcome.NotAllowed, null);
    }

    /// <summary>For somebody whom its room was opened to.</summary>
    public Task<MentoringSession?> OfRoomAsync(Guid id, CancellationToken cancellationToken) =>
        db.Sessions.AsNoTracking().Include(s => s.Participants).ThenInclude(p => p.User)
            .FirstOrDefaultAsync(s => s.Id == id, cancellationToken);

    /// <summary>What stands in the way of a session; for somebody who may manage it.</summary>
    public Task<List<SessionTrouble>> TroublesAsync(Guid id, CancellationToken cancellationToken) =>
        db.SessionTroubles.AsNoTracking().Where(t => t.SessionId == id && t.SolvedUtc == null).OrderBy(t => t.FoundUtc)
            .ToListAsync(cancellationToken);

    /// <summary>The sessions that were booked together, in order; for somebody who may see one of them.</summary>
    public Task<List<MentoringSession>> SeriesAsync(Guid seriesId, CancellationToken cancellationToken) =>
        db.Sessions.AsNoTracking().Where(s => s.SeriesId == seriesId).OrderBy(s => s.StartUtc).ToListAsync(cancellationToken);

    /// <summary>Whether later sessions of its series still hold their time.</summary>
    public async Task<bool> HasLaterAsync(MentoringSession session, CancellationToken cancellationToken) =>
        session.SeriesId is { } series && await db.Sessions.AnyAsync(s => s.SeriesId == series && s.StartUtc > session.StartUtc
            && (s.State == SessionState.Confirmed || s.State == SessionState.Requested), cancellationToken);

    /// <summary>The zone of an account.</summary>
    public async Task<string> ZoneOfAsync(Guid userId, CancellationToken cancellationToken) =>
        await db.Users.Where(u => u.Id == userId).Select(u => u.TimeZone).SingleOrDefaultAsync(cancellationToken) ?? "Etc/UTC";

    private IQueryable<MentoringSession> Of(Guid userId) =>
        All().Where(s => s.Participants.Any(p => p.UserId == userId && p.WithdrawnUtc == null && p.LeftUtc == null));

    private IQueryable<MentoringSession> All() => db.Sessions.AsNoTracking().AsSplitQuery()
        .Include(s => s.Mentor)
        .Include(s => s.Participants.OrderBy(p => p.Role)).ThenInclude(p => p.User!.Guardians).ThenInclude(g => g.Guardian)
        .Include(s => s.Links.Where(l => l.RoomVersion == l.Session.RoomVersion)).ThenInclude(l => l.ProviderAccount);
}
