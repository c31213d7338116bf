using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Providers;

namespace Portal.ProviderHost;

/// <summary>Mentors' own accounts at tools. Their secrets leave it for the tool alone.</summary>
public sealed class MentorToolAccounts(
    PortalDbContext db, MeetingProviders providers, IDataProtectionProvider protection, TimeProvider clock, ILogger<MentorToolAccounts> log)
{
    /// <summary>Null where the mentor connected none, and where what is stored cannot be read.</summary>
    public async Task<string?> SecretAsync(Guid mentorId, Guid accountId, CancellationToken cancellationToken) =>
        await FindAsync(mentorId, accountId, cancellationToken) is { } account ? SecretOf(account) : null;

    public Task<MentorToolAccount?> FindAsync(Guid mentorId, Guid accountId, CancellationToken cancellationToken) =>
        db.MentorToolAccounts.AsNoTracking().Include(m => m.ProviderAccount)
            .FirstOrDefaultAsync(m => m.UserId == mentorId && m.ProviderAccountId == accountId, cancellationToken);

    public async Task<IReadOnlyList<MentorToolAccount>> ListAsync(Guid mentorId, CancellationToken cancellationToken) =>
        await db.MentorToolAccounts.AsNoTracking().Include(m => m.ProviderAccount).Where(m => m.UserId == mentorId)
            .OrderBy(m => m.ConnectedUtc).ToListAsync(cancellationToken);

    /// <summary>In place of the one that was connected before. The caller has proven who the mentor is.</summary>
    /// <exception cref="ProviderException">With the reason why the tool did not.</exception>
    public async Task ConnectAsync(Guid mentorId, ToolAccount tool, string code, Uri returnUrl, CancellationToken cancellationToken)
    {
        var account = await providers.ConnectAsync(tool, code, returnUrl, cancellationToken);
        var name = new string([.. account.Name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(MentorToolAccount.MaxName)]);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.MentorToolAccounts.Where(m => m.UserId == mentorId && m.ProviderAccountId == tool.AccountId)
            .ExecuteDeleteAsync(cancellationToken);
        db.MentorToolAccounts.Add(new()
        {
            UserId = mentorId,
            ProviderAccountId = tool.AccountId,
            Name = name,
            Secret = For(mentorId).Protect(account.Secret),
            ConnectedUtc = clock.GetUtcNow(),
        });
        Audit.Note(db, clock.GetUtcNow(), mentorId, "mentor-tool.connect", $"tool-account:{tool.AccountId}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Here at once; at the tool where it lets us.</summary>
    public async Task DisconnectAsync(Guid mentorId, Guid accountId, CancellationToken cancellationToken)
    {
        if (await FindAsync(mentorId, accountId, cancellationToken) is not { } account)
            return;
        var gone = await db.MentorToolAccounts.Where(m => m.Id == account.Id).ExecuteDeleteAsync(cancellationToken);
        if (gone == 0)
            return;
        Audit.Note(db, clock.GetUtcNow(), mentorId, "mentor-tool.disconnect", $"tool-account:{accountId}");
        await db.SaveChangesAsync(cancellationToken);
        if (SecretOf(account) is not { } secret)
            return;
        try
        {
            await providers.DisconnectAsync(account.ProviderAccount, secret, cancellationToken);
        }
        catch (ProviderException e)
        {
            log.LogWarning("A mentor's account stays connected at {Provider}: {Failure}", account.ProviderAccount.ProviderId, e.Failure);
        }
    }

    private string? SecretOf(MentorToolAccount account)
    {
        try
        {
            return For(account.UserId).Unprotect(account.Secret);
        }
        catch (CryptographicException)
        {
            log.LogError("The account that mentor {Mentor} connected cannot be decrypted", account.UserId);
            return null;
        }
    }

    private IDataProtector For(Guid mentor) => protection.CreateProtector("Portal.ProviderHost.MentorToolAccounts", mentor.ToString("N"));
}
