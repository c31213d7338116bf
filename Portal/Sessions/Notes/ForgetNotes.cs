using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Notes;

/// <summary>
/// A mentor's own notes and what somebody wrote in a chat go with their account. What two people wrote down together is the other's, too,
/// and goes once nobody of the session is left.
/// </summary>
public sealed class ForgetNotes(PortalDbContext db) : IForgetPeople
{
    public async Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        await db.PrivateNotes.Where(n => n.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.ChatLines.Where(c => db.Participants.Any(p => p.Id == c.ParticipantId && p.UserId == userId))
            .ExecuteDeleteAsync(cancellationToken);
        var left = db.Sessions.Where(s => s.Participants.Any(p => p.UserId == userId) && !s.Participants.Any(p => p.UserId != userId
            && p.UserId != null && (p.Role == ParticipantRole.Mentor || p.Role == ParticipantRole.Mentee) && p.User!.DeletedUtc == null))
            .Select(s => s.Id);
        await db.SessionSteps.Where(s => left.Contains(s.SessionId)).ExecuteDeleteAsync(cancellationToken);
        await db.SessionNotes.Where(n => left.Contains(n.SessionId)).ExecuteDeleteAsync(cancellationToken);
    }
}
