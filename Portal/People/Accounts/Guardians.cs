using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People.Mails;
using Portal.People.Profile;

namespace Portal.People.Accounts;

/// <summary>
/// Who answers for a child's account: may see, book, move and cancel its sessions. It takes the word of both: the child asks an address,
/// and whoever has an account with it agrees; or an administrator vouches for both. It ends by the guardian or an administrator.
/// </summary>
public sealed partial class Guardians(
    PortalDbContext db, Outbox outbox, UnwantedMail unwanted, IEnumerable<GuardianshipEnd> ends, TimeProvider clock) : IForgetPeople
{
    /// <summary>Of one child, those who were asked among them.</summary>
    public const int Max = 4;
    public const int MaxAskedPerDay = 5;

    /// <summary>Whatever accounts ask: one mailbox gets no more mails of this kind in a day.</summary>
    public const int MaxMailsPerMailbox = 5;

    /// <summary>So long somebody's address is kept who does not answer.</summary>
    public static readonly TimeSpan RequestLife = TimeSpan.FromDays(30);
    private const string Asked = "guardian.ask";

    /// <summary>Those whom the account answers for.</summary>
    public Task<List<PortalUser>> ChildrenAsync(Guid guardianId, CancellationToken cancellationToken) =>
        db.Guardianships.AsNoTracking().Where(g => g.GuardianId == guardianId).Select(g => g.Child)
            .OrderBy(c => c.DisplayName).ThenBy(c => c.Id).ToListAsync(cancellationToken);

    /// <summary>All that concerns an account: as a child, as a guardian, and as one who was asked.</summary>
    public async Task<List<Guardianship>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        var email = await EmailAsync(userId, cancellationToken);
        return await db.Guardianships.AsNoTracking().Include(g => g.Child).Include(g => g.Guardian)
            .Where(g => g.ChildId == userId || g.GuardianId == userId || email != null && g.AskedEmail == email)
            .OrderBy(g => g.AskedUtc).ThenBy(g => g.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Whether one account may act for another; for itself in any case.</summary>
    public Task<bool> MayActForAsync(Guid callerId, Guid personId, CancellationToken cancellationToken) => callerId == personId
        ? Task.FromResult(true)
        : db.Guardianships.AnyAsync(g => g.ChildId == personId && g.GuardianId == callerId, cancellationToken);

    /// <summary>A child asks somebody, who may have no account yet.</summary>
    public async Task<GuardianOutcome> AskAsync(Guid childId, string email, CancellationToken cancellationToken)
    {
        var key = EmailAddress.Key(email);
        await using var turn = await TakeTurnsAsync([childId], cancellationToken);
        var child = await db.Users.Include(u => u.Guardians).ThenInclude(g => g.Guardian)
            .SingleAsync(u => u.Id == childId, cancellationToken);
        if (child.NormalizedEmail == key)
            return GuardianOutcome.Oneself;
        if (child.Guardians.Any(g => g.AskedEmail == key || g.Guardian?.NormalizedEmail == key))
            return GuardianOutcome.Done;
        if (await AnswersForOthersAsync(childId, cancellationToken))
            return GuardianOutcome.Chain;
        if (child.Guardians.Count >= Max)
            return GuardianOutcome.TooMany;
        if (await MayNotWriteAsync(childId, email, cancellationToken) is { } refusal)
            return refusal;
        var request = new Guardianship { ChildId = childId, AskedEmail = key, AskedUtc = clock.GetUtcNow() };
        db.Guardianships.Add(request);
        Note(childId, Asked, request);
        var account = await db.Users.FirstOrDefaultAsync(u => u.NormalizedEmail == key && u.EmailConfirmed && u.DeletedUtc == null,
            cancellationToken);
        // In the child's language and zone where nothing is known of who was asked; who has no account can stop such mails.
        var to = account?.ToRecipient() ?? child.ToRecipient() with { UserId = null, Address = EmailAddress.Read(email), Name = "" };
        outbox.Add(new GuardianNews(GuardianChange.Asked, child.DisplayName), to, $"{request.Id:N}");
        return await SaveAsync(turn, cancellationToken);
    }

    /// <summary>Who was asked agrees, by an account that has the address.</summary>
    public async Task<GuardianOutcome> AcceptAsync(Guid callerId, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Guardianships.AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, cancellationToken) is not { } seen)
            return GuardianOutcome.Gone;
        await using var turn = await TakeTurnsAsync([callerId, seen.ChildId], cancellationToken);
        var request = await db.Guardianships.SingleOrDefaultAsync(g => g.Id == id && g.AskedEmail != null, cancellationToken);
        if (request is null)
            return seen.GuardianId == callerId ? GuardianOutcome.Done : GuardianOutcome.Gone;
        if (await EmailAsync(callerId, cancellationToken) != request.AskedEmail)
            return GuardianOutcome.NotAllowed;
        if (await ObjectionAsync(callerId, request.ChildId, cancellationToken) is { } objection)
            return objection;
        await BeginAsync(request, callerId, callerId, cancellationToken);
        return await SaveAsync(turn, cancellationToken);
    }

    /// <summary>An administrator vouches for both.</summary>
    public async Task<GuardianOutcome> EstablishAsync(Caller caller, Guid childId, string? email, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return GuardianOutcome.NotAllowed;
        var key = EmailAddress.Key(email);
        var guardianId = await db.Users.Where(u => u.NormalizedEmail == key && u.EmailConfirmed && u.DeletedUtc == null)
            .Select(u => (Guid?)u.Id).SingleOrDefaultAsync(cancellationToken);
        if (guardianId is not { } guardian || !await db.Users.AnyAsync(u => u.Id == childId && u.DeletedUtc == null, cancellationToken))
            return GuardianOutcome.NoSuchPerson;
        if (guardian == childId)
            return GuardianOutcome.Oneself;
        await using var turn = await TakeTurnsAsync([guardian, childId], cancellationToken);
        var all = await db.Guardianships.Where(g => g.ChildId == childId).ToListAsync(cancellationToken);
        if (all.Any(g => g.GuardianId == guardian))
            return GuardianOutcome.Done;
        if (await ObjectionAsync(guardian, childId, cancellationToken) is { } objection)
            return objection;
        var asked = all.FirstOrDefault(g => g.AskedEmail == key);
        if (asked is null && all.Count >= Max)
            return GuardianOutcome.TooMany;
        if (asked is null)
            db.Guardianships.Add(asked = new() { ChildId = childId, AskedEmail = key, AskedUtc = clock.GetUtcNow() });
        await BeginAsync(asked, guardian, caller.UserId, cancellationToken);
        return await SaveAsync(turn, cancellationToken);
    }

    /// <summary>
    /// Ends it, or a request. A child takes back what it asked for until somebody agreed; then it is the guardian's or an administrator's
    /// to end: a guardian whom a child can dismiss guards nothing.
    /// </summary>
    public async Task<GuardianOutcome> EndAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Guardianships.AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, cancellationToken) is not { } seen)
            return GuardianOutcome.Gone;
        // The child's turn is what a booking for the child takes as well: it is either before this or refused.
        await using var turn = await TakeTurnsAsync([seen.ChildId], cancellationToken);
        var one = await db.Guardianships.Include(g => g.Child).Include(g => g.Guardian)
            .SingleOrDefaultAsync(g => g.Id == id, cancellationToken);
        if (one is null)
            return GuardianOutcome.Gone;
        var isTheirs = one.GuardianId is { } guardian ? guardian == caller.UserId
            : one.ChildId == caller.UserId || caller.UserId is { } asked && await EmailAsync(asked, cancellationToken) == one.AskedEmail;
        if (!isTheirs && !caller.IsAdmin)
            return GuardianOutcome.NotAllowed;
        await EndAsync(one, caller.UserId, cancellationToken);
        return await SaveAsync(turn, cancellationToken);
    }

    public async Task LeaveAsync(Guid userId, CancellationToken cancellationToken)
    {
        foreach (var one in await db.Guardianships.Include(g => g.Child).Include(g => g.Guardian)
            .Where(g => g.ChildId == userId || g.GuardianId == userId).ToListAsync(cancellationToken))
            await EndAsync(one, userId, cancellationToken);
        await db.TrySaveAsync(cancellationToken);
    }

    public Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        var key = EmailAddress.Key(address);
        return db.Guardianships.Where(g => g.ChildId == userId || g.GuardianId == userId || key != "" && g.AskedEmail == key)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
