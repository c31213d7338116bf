using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;

namespace Portal.Mentors;

/// <summary>
/// What somebody offered as a mentor goes with the account, with hours, days, kinds and busy times, and with the accounts at meeting
/// tools that they connected.
/// </summary>
public sealed class ForgetMentors(PortalDbContext db, MentorToolAccounts accounts) : IForgetPeople
{
    /// <summary>The tools are told, while there is something to tell them with.</summary>
    public async Task LeaveAsync(Guid userId, CancellationToken cancellationToken)
    {
        foreach (var account in await accounts.ListAsync(userId, cancellationToken))
            await accounts.DisconnectAsync(userId, account.ProviderAccountId, cancellationToken);
    }

    public async Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        await db.MentorToolAccounts.Where(m => m.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.MentorProfiles.Where(m => m.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }
}
