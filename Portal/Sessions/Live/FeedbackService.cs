using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Live;

/// <summary>What a mentee says about a session that took place. It can be changed as often as they like.</summary>
public sealed class FeedbackService(PortalDbContext db, SessionChanges changes)
{
    public const int LongestComment = 1000;
    public const int Best = 5;

    /// <summary>Null when the caller had no seat in it.</summary>
    public Task<SessionParticipant?> FindAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        db.Participants.AsNoTracking().Include(p => p.User).Include(p => p.Session).ThenInclude(s => s.Mentor)
            .FirstOrDefaultAsync(p => p.SessionId == sessionId && p.UserId == caller.UserId && p.UserId != null
                && p.Role == ParticipantRole.Mentee && p.WithdrawnUtc == null && p.LeftUtc == null && p.WaitingSinceUtc == null, cancellationToken);

    public Task<SessionOutcome> GiveAsync(Guid sessionId, int rating, string? comment, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, session =>
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(rating is >= 1 and <= Best, true);
            if (session.Seated.FirstOrDefault(p => p.UserId == caller.UserId && p.UserId is not null) is not { } person)
                return Task.FromResult(SessionOutcome.NotAllowed);
            if (session.State.HoldsItsTime())
                return Task.FromResult(SessionOutcome.TooEarly);
            if (session.State != SessionState.Completed || person.MissedUtc is not null)
                return Task.FromResult(SessionOutcome.TooLate);
            person.Rating = (short)rating;
            person.Feedback = FreeText.Lines(comment) is { Length: > 0 } text ? text : null;
            return Task.FromResult(SessionOutcome.Done);
        }, cancellationToken);
}
