using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Changes;

/// <summary>Of a deleted person, sessions ahead are cancelled or left, and what the person typed into sessions goes.</summary>
public sealed class ForgetParticipants(PortalDbContext db, Cancellation cancellation, TimeProvider clock) : IForgetPeople
{
    public async Task LeaveAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var parts = await db.Participants.AsNoTracking()
            .Where(p => p.UserId == userId && p.WithdrawnUtc == null && p.LeftUtc == null
                && (p.Session.State == SessionState.Requested || p.Session.State == SessionState.Confirmed)
                && p.Session.StartUtc.AddMinutes(p.Session.LengthMinutes) > now)
            .Select(p => new { p.Id, p.SessionId, p.Role }).ToListAsync(cancellationToken);
        foreach (var part in parts)
        {
            // Of a pair, nobody is left to talk to; a group goes on without one of its mentees, and the seat with it.
            if (part.Role is ParticipantRole.Mentor or ParticipantRole.Mentee)
                await cancellation.CancelAsync(part.SessionId, new(userId, false), "", cancellationToken);
            else
                await db.Participants.Where(p => p.Id == part.Id).ExecuteUpdateAsync(set => set
                    .SetProperty(p => p.LeftUtc, now).SetProperty(p => p.WithdrawnUtc, now)
                    .SetProperty(p => p.LinkVersion, p => (short)(p.LinkVersion + 1)), cancellationToken);
        }
    }

    /// <summary>Who looked on as a guardian looks on no more.</summary>
    public static Task EndGuardianAsync(
        PortalDbContext db, Guid childId, Guid guardianId, DateTimeOffset now, CancellationToken cancellationToken) => db.Participants
        .Where(p => p.UserId == guardianId && p.Role == ParticipantRole.Observer && p.InvitedBy == guardianId && p.WithdrawnUtc == null
            && (p.Session.State == SessionState.Requested || p.Session.State == SessionState.Confirmed)
            && p.Session.Participants.Any(c => c.UserId == childId && c.Role == ParticipantRole.Mentee))
        .ExecuteUpdateAsync(set => set.SetProperty(p => p.WithdrawnUtc, now)
            .SetProperty(p => p.LinkVersion, p => (short)(p.LinkVersion + 1)), cancellationToken);

    public async Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        await db.Sessions.Where(s => s.MentorId == userId && s.ExternalMeetingUrl != null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ExternalMeetingUrl, (string?)null), cancellationToken);
        // The mentor's own address, phone number or place, and the provider's note of it.
        await db.MeetingLinks.Where(l => l.Session.MentorId == userId && l.ExternalMeetingUrl != null).ExecuteUpdateAsync(set => set
            .SetProperty(l => l.ExternalMeetingUrl, (string?)null).SetProperty(l => l.Handle, (string?)null), cancellationToken);
        await db.MeetingLinks.Where(l => l.Session.MentorId == userId && l.MentorPlace != null).ExecuteUpdateAsync(set => set
            .SetProperty(l => l.MentorPlace, (string?)null).SetProperty(l => l.PlaceText, (string?)null)
            .SetProperty(l => l.Handle, (string?)null), cancellationToken);
        // A provider's note may name the mentor; of a meeting that is still to be ended it goes with that.
        await db.MeetingLinks.Where(l => l.Session.MentorId == userId && !db.MeetingEnds.Any(e => e.LinkId == l.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Handle, (string?)null), cancellationToken);
        // The note was written to one mentor; what a group reads is everybody's.
        await db.Sessions.Where(s => s.Note != "" && s.Participants.Any(p => p.UserId == userId && p.Role == ParticipantRole.Mentee)
                && s.Participants.Count(p => p.Role == ParticipantRole.Mentee) == 1)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Note, ""), cancellationToken);
        await db.Sessions.Where(s => s.CancelledBy == userId && s.CancelReason != null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.CancelReason, (string?)null), cancellationToken);
        await db.Participants.Where(p => p.UserId == userId).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.OwnName, (string?)null).SetProperty(p => p.OwnEmail, (string?)null)
            .SetProperty(p => p.Feedback, (string?)null), cancellationToken);
    }
}
