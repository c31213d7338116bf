using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Delivery;

namespace Portal.Mail.Queue;

/// <summary>Mails of somebody whose account is deleted. What is on its way still goes; the clean-up job deletes it then.</summary>
public sealed class ForgetMails(PortalDbContext db) : IForgetPeople
{
    public async Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        var written = SuppressedAddress.Written(address);
        await db.SuppressedAddresses.Where(a => a.Address == written).ExecuteDeleteAsync(cancellationToken);
        await db.Outbox.Where(m => m.UserId == userId && m.State != OutboxState.Waiting).ExecuteDeleteAsync(cancellationToken);
    }
}
