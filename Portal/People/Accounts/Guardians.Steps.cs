using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.AuditTrail;
using Portal.Mail.Delivery;
using Portal.People.Mails;

namespace Portal.People.Accounts;

/// <summary>How a guardianship begins and ends, with its trail and its mails, one after the other for each account.</summary>
public sealed partial class Guardians
{
    private async Task BeginAsync(Guardianship one, Guid guardianId, Guid? actor, CancellationToken cancellationToken)
    {
        (one.GuardianId, one.SinceUtc, one.AskedEmail) = (guardianId, clock.GetUtcNow(), null);
        Note(actor, "guardian.begin", one);
        var people = await db.Users.Where(u => u.Id == guardianId || u.Id == one.ChildId).ToDictionaryAsync(u => u.Id, cancellationToken);
        Tell(GuardianChange.Began, one, people[one.ChildId], people[guardianId]);
    }

    private async Task EndAsync(Guardianship one, Guid? actor, CancellationToken cancellationToken)
    {
        db.Guardianships.Remove(one);
        Note(actor, one.GuardianId is null ? "guardian.take-back" : "guardian.end", one);
        if (one.Guardian is null)
            return;
        foreach (var end in ends)
            await end.EndedAsync(db, one.ChildId, one.Guardian.Id, clock.GetUtcNow(), cancellationToken);
        Tell(GuardianChange.Ended, one, one.Child, one.Guardian);
    }

    private void Tell(GuardianChange what, Guardianship one, PortalUser child, PortalUser guardian)
    {
        outbox.Add(new GuardianNews(what, guardian.DisplayName, ToChild: true), child.ToRecipient(), $"{one.Id:N}:{what}");
        outbox.Add(new GuardianNews(what, child.DisplayName), guardian.ToRecipient(), $"{one.Id:N}:{what}");
    }

    private void Note(Guid? actor, string action, Guardianship one) => Audit.Note(db, clock.GetUtcNow(), actor, action,
        $"person:{one.ChildId}", one.GuardianId is { } guardian ? $"guardian:{guardian}" : null);

    /// <summary>Null where the address may be written to: strangers are asked, and a hundred accounts are not to pester one.</summary>
    private async Task<GuardianOutcome?> MayNotWriteAsync(Guid childId, string email, CancellationToken cancellationToken)
    {
        if (await unwanted.AnyAsync([SuppressedAddress.Written(email)], cancellationToken))
            return GuardianOutcome.NoMailWanted;
        var since = clock.GetUtcNow().AddDays(-1);
        var lately = db.Outbox.Where(m => m.Kind == nameof(GuardianNews) && m.CreatedUtc > since).Select(m => m.ToAddress);
        return await Mailbox.CountAsync(lately, Mailbox.Of(email), cancellationToken) >= MaxMailsPerMailbox
            || await db.AuditEntries.CountAsync(a => a.ActorId == childId && a.Action == Asked && a.AtUtc > since, cancellationToken)
                >= MaxAskedPerDay
            ? GuardianOutcome.TooManyAsked : null;
    }

    /// <summary>Null where the two may become guardian and child. Both have their turn: of a circle, one request gets through.</summary>
    private async Task<GuardianOutcome?> ObjectionAsync(Guid guardianId, Guid childId, CancellationToken cancellationToken) =>
        guardianId == childId ? GuardianOutcome.Oneself
        : await AnswersForOthersAsync(childId, cancellationToken)
            || await db.Guardianships.AnyAsync(g => g.ChildId == guardianId && g.GuardianId != null, cancellationToken)
        ? GuardianOutcome.Chain : null;

    private Task<bool> AnswersForOthersAsync(Guid userId, CancellationToken cancellationToken) =>
        db.Guardianships.AnyAsync(g => g.GuardianId == userId, cancellationToken);

    /// <summary>Null while nobody has shown that it is theirs.</summary>
    private Task<string?> EmailAsync(Guid userId, CancellationToken cancellationToken) => db.Users
        .Where(u => u.Id == userId && u.EmailConfirmed && u.DeletedUtc == null).Select(u => u.NormalizedEmail)
        .SingleOrDefaultAsync(cancellationToken);

    /// <summary>In one order for all, so that two do not wait for each other.</summary>
    private async Task<IDbContextTransaction> TakeTurnsAsync(Guid[] people, CancellationToken cancellationToken)
    {
        var turn = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var id in people.Order())
            // Changes nothing, but holds the row until the commit, on both engines.
            await db.Users.Where(u => u.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.FeedVersion, u => u.FeedVersion), cancellationToken);
        return turn;
    }

    private async Task<GuardianOutcome> SaveAsync(IDbContextTransaction turn, CancellationToken cancellationToken)
    {
        if (!await db.TrySaveAsync(cancellationToken))
            return GuardianOutcome.ChangedMeanwhile;
        await turn.CommitAsync(cancellationToken);
        return GuardianOutcome.Done;
    }
}
