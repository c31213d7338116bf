using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Trouble;

/// <summary>Of a deleted person, what they said did not work goes, with what was known of their machine.</summary>
public sealed class ForgetTrouble(PortalDbContext db) : IForgetPeople
{
    public Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken) => db.TroubleReports
        .Where(r => db.Participants.Any(p => p.Id == r.ParticipantId && p.UserId == userId)).ExecuteDeleteAsync(cancellationToken);
}
