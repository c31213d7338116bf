using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;

namespace Portal.Pages.Admin.Trail;

/// <summary>What rows are about, by the names of today. The trail itself has ids alone.</summary>
/// <param name="People">"" for who has left the portal.</param>
/// <param name="Sessions">Their topics.</param>
/// <param name="Accounts">Of meeting tools: the tool's id and the account's name.</param>
/// <param name="Keys">Of programs.</param>
/// <param name="Participants">Of sessions; who has no account is here as well.</param>
public sealed record KnownNames(
    IReadOnlyDictionary<Guid, string> People, IReadOnlyDictionary<Guid, string> Sessions,
    IReadOnlyDictionary<Guid, (string Tool, string Name)> Accounts, IReadOnlyDictionary<Guid, string> Keys,
    IReadOnlyDictionary<Guid, string> Participants);

public sealed class AuditNames(PortalDbContext db)
{
    /// <summary>Before somebody's id in the details.</summary>
    public const string Mentor = "mentor";
    public const string Guardian = "guardian";

    public async Task<KnownNames> OfAsync(IReadOnlyCollection<AuditEntry> rows, CancellationToken cancellationToken)
    {
        var subjects = rows.Select(r => r.Subject).ToList();
        var details = rows.Select(r => r.Details ?? "").ToList();
        var people = Ids(subjects, "person:").Concat(Ids(details, Mentor + ":")).Concat(Ids(details, Guardian + ":"))
            .Concat(rows.Select(r => r.ActorId).OfType<Guid>()).Distinct().ToList();
        var sessions = Ids(subjects, "session:");
        var accounts = Ids(subjects, "tool-account:");
        var keys = Ids(subjects, "api-key:");
        var participants = rows.Select(r => AuditChanges.Read(r.Details)?.Participant).OfType<Guid>().Distinct().ToList();
        return new(
            await db.Users.Where(u => people.Contains(u.Id)).Select(u => new { u.Id, Name = u.DeletedUtc != null ? "" : u.DisplayName })
                .ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken),
            await db.Sessions.Where(s => sessions.Contains(s.Id)).Select(s => new { s.Id, s.Topic })
                .ToDictionaryAsync(s => s.Id, s => s.Topic, cancellationToken),
            await db.ProviderAccounts.Where(a => accounts.Contains(a.Id)).Select(a => new { a.Id, a.ProviderId, a.Name })
                .ToDictionaryAsync(a => a.Id, a => (a.ProviderId, a.Name), cancellationToken),
            await db.ApiKeys.Where(k => keys.Contains(k.Id)).Select(k => new { k.Id, k.Name })
                .ToDictionaryAsync(k => k.Id, k => k.Name, cancellationToken),
            await db.Participants.Include(p => p.User).Where(p => participants.Contains(p.Id)).AsNoTracking()
                .ToDictionaryAsync(p => p.Id, p => p.StoredName, cancellationToken));
    }

    private static List<Guid> Ids(IEnumerable<string> texts, string prefix) =>
        [.. texts.Where(t => t.StartsWith(prefix, StringComparison.Ordinal))
            .Select(t => Guid.TryParse(t.AsSpan(prefix.Length), out var id) ? id : Guid.Empty).Distinct()];
}
