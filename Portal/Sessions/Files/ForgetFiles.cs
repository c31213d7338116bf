using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Files;

/// <summary>
/// What a deleted person shared was given to the others, and stays theirs without saying whose it was. Where nobody is left who could
/// read it, it goes.
/// </summary>
public sealed class ForgetFiles(PortalDbContext db) : IForgetPeople
{
    public async Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        await db.SessionFiles.Where(f => !db.Participants.Any(p => p.SessionId == f.SessionId && p.UserId != null && p.UserId != userId
            && p.User!.DeletedUtc == null) && db.Participants.Any(p => p.SessionId == f.SessionId && p.UserId == userId))
            .ExecuteDeleteAsync(cancellationToken);
        await db.SessionFiles.Where(f => f.AddedBy == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.AddedBy, (Guid?)null), cancellationToken);
    }
}
