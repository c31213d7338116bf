using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Joining.Live;

/// <summary>That somebody's page still waits at the door; the records of the session say only when they came.</summary>
internal static class DoorSigns
{
    public static Task KeepAsync(
        PortalDbContext db, IReadOnlyCollection<Guid> participants, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Participants.Where(p => participants.Contains(p.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AtDoorUtc, now), cancellationToken);
}
