using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.People.Accounts;

public enum RoleOutcome
{
    Done,
    NotAllowed,
    NoSuchPerson,
    NoSuchRole,

    /// <summary>Nobody has shown yet that the address is theirs.</summary>
    NotConfirmed,

    /// <summary>Without the last administrator nobody could make another.</summary>
    LastAdmin,
}

/// <param name="Message">For the operator at the console, in English; holds the password when one was made.</param>
public sealed record AdminAdded(bool Succeeded, string Message);

/// <summary>A person as administrators see one.</summary>
/// <param name="ResetUtc">When the second factor will be reset; null where nobody asked for it.</param>
public sealed record PersonRow(
    Guid Id, string Name, string Email, bool Confirmed, bool IsAdmin, bool IsMentor, bool TwoFactor, DateTimeOffset? ResetUtc, bool Locked);

/// <param name="SeenUtc">When one of the devices was last used; null when no device is known any more.</param>
/// <param name="Devices">Where the person is signed in.</param>
public sealed record PersonDetails(
    PersonRow Person, DateTimeOffset CreatedUtc, string Language, string TimeZone, DateTimeOffset? SeenUtc, int Devices);

/// <summary>People and their roles. Who may do what is decided here, whoever asks.</summary>
public sealed class AdminService(
    PortalDbContext db, UserManager<PortalUser> users, IPasswordHasher<PortalUser> hasher, IEnumerable<RoleGrant> grants,
    Devices devices, TimeProvider clock)
{
    public const int PageSize = 50;
    public const int MaxSearch = 100;
    public static readonly TimeSpan MadePasswordLife = TimeSpan.FromDays(3);

    /// <summary>The newest accounts first. Null for callers who may not look.</summary>
    /// <param name="caller">An administrator.</param>
    /// <param name="filter">Whom to find.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PersonListPage?> SearchAsync(Caller caller, PersonFilter filter, int page, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return null;
        var people = db.Users.AsNoTracking().Where(u => u.DeletedUtc == null);
        var typed = filter.Search?.Contains('@') == true ? EmailAddress.Read(filter.Search) : filter.Search ?? "";
        var part = FreeText.Query(typed, MaxSearch).ToUpperInvariant();
        if (part.Length > 0)
            people = people.Where(u => u.NormalizedEmail!.Contains(part) || u.DisplayName.ToUpper().Contains(part));
        if (filter.Role is { } role)
            people = people.Where(u => db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == role)));
        if (filter.Locked)
            people = people.Where(u => u.LockoutEnd != null);
        var found = await Rows(people.OrderByDescending(u => u.CreatedUtc).ThenBy(u => u.Id).Skip((page - 1) * PageSize).Take(PageSize + 1))
            .ToListAsync(cancellationToken);
        return new([.. found.Take(PageSize)], found.Count > PageSize);
    }

    /// <summary>Null for callers who may not look, and for nobody's id.</summary>
    public async Task<PersonDetails?> FindAsync(Caller caller, Guid personId, CancellationToken cancellationToken)
    {
        var found = db.Users.AsNoTracking().Where(u => u.Id == personId && u.DeletedUtc == null);
        if (!caller.IsAdmin || await Rows(found).SingleOrDefaultAsync(cancellationToken) is not { } person)
            return null;
        return await found.Select(u => new PersonDetails(person, u.CreatedUtc, u.Language, u.TimeZone,
                db.SignedInDevices.Where(d => d.UserId == u.Id).Max(d => (DateTimeOffset?)d.SeenUtc),
                db.SignedInDevices.Count(d => d.UserId == u.Id && d.EndedUtc == null)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private IQueryable<PersonRow> Rows(IQueryable<PortalUser> people) => people.Select(u => new PersonRow(
        u.Id, u.DisplayName, u.Email!, u.EmailConfirmed,
        db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Admin)),
        db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Mentor)),
        u.TwoFactorEnabled, u.SecondFactorResetUtc, u.LockoutEnd != null));

    public async Task<RoleOutcome> SetRoleAsync(
        Caller caller, Guid personId, string role, bool granted, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return RoleOutcome.NotAllowed;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockRoleAsync(role, cancellationToken) is not { } roleId)
            return RoleOutcome.NoSuchRole;
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == personId, cancellationToken) is not { } person)
            return RoleOutcome.NoSuchPerson;
        if (granted && !person.EmailConfirmed)
            return RoleOutcome.NotConfirmed;
        if (!granted && role == Roles.Admin && await IsLastAsync(roleId, personId, cancellationToken))
            return RoleOutcome.LastAdmin;

        await ChangeAsync(caller.UserId, person, role, roleId, granted, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await devices.LookAgainAsync(personId, cancellationToken);
        return RoleOutcome.Done;
    }

    /// <summary>
    /// For the command line: whoever has it has the server, so there is no caller to judge. Somebody new, or with an
    /// address that nobody has confirmed, gets a new password: the old one may be anybody's.
    /// </summary>
    public async Task<AdminAdded> AddAsync(string email)
    {
        email = EmailAddress.Read(email);
        if (!PersonRules.IsEmail(email))
            return new(false, $"{email} is not an email address.");
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await LockRoleAsync(Roles.Admin, CancellationToken.None) is not { } roleId)
            return new(false, "The roles have not been made yet: start the portal once.");

        var person = await users.FindByEmailAsync(email);
        var password = person is { EmailConfirmed: true } ? null : NewPassword();
        if (person is null)
        {
            person = new()
            {
                Id = Guid.CreateVersion7(),
                UserName = email,
                Email = email,
                DisplayName = email[..email.IndexOf('@')],
                CreatedUtc = clock.GetUtcNow()
            };
            var made = await users.CreateAsync(person);
            if (!made.Succeeded)
                return new(false, string.Join(' ', made.Errors.Select(e => e.Description)));
        }
        if (password is not null)
        {
            person.EmailConfirmed = true;
            person.PasswordHash = hasher.HashPassword(person, password);
            person.PasswordUntilUtc = clock.GetUtcNow() + MadePasswordLife;
            await users.UpdateSecurityStampAsync(person);
        }
        await ChangeAsync(null, person, Roles.Admin, roleId, granted: true, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new(true, password is null
            ? $"{email} is an administrator."
            : $"{email} is an administrator. The password, shown only now, good for {MadePasswordLife.Days} days and for choosing another one:\n{password}");
    }

    /// <summary>Whether the portal would be left without an administrator; inside of a transaction it stays so until its end.</summary>
    public async Task<bool> IsLastAdminAsync(Guid personId, CancellationToken cancellationToken) =>
        await LockRoleAsync(Roles.Admin, cancellationToken) is { } roleId && await IsLastAsync(roleId, personId, cancellationToken);

    private async Task ChangeAsync(
        Guid? actor, PortalUser person, string role, Guid roleId, bool granted, CancellationToken cancellationToken)
    {
        var has = await db.UserRoles.SingleOrDefaultAsync(r => r.UserId == person.Id && r.RoleId == roleId, cancellationToken);
        if (has is not null == granted)
            return;
        if (has is null)
            db.UserRoles.Add(new() { UserId = person.Id, RoleId = roleId });
        else
            db.UserRoles.Remove(has);
        foreach (var grant in grants.Where(g => granted && g.Role == role))
            await grant.GrantedAsync(db, person.Id, cancellationToken);
        Audit.Note(db, clock.GetUtcNow(), actor, granted ? "person.grant-role" : "person.revoke-role", $"person:{person.Id}",
            AuditChanges.Write("Role", granted ? "" : role, granted ? role : ""));
    }

    /// <summary>Held to the end of the transaction, so that two administrators cannot remove each other at once.</summary>
    private async Task<Guid?> LockRoleAsync(string role, CancellationToken cancellationToken)
    {
        var stamp = Guid.NewGuid().ToString();
        return await db.Roles.Where(r => r.Name == role)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ConcurrencyStamp, stamp), cancellationToken) == 1
            ? await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(cancellationToken)
            : null;
    }

    private async Task<bool> IsLastAsync(Guid roleId, Guid personId, CancellationToken cancellationToken) =>
        await db.UserRoles.AnyAsync(r => r.RoleId == roleId && r.UserId == personId, cancellationToken)
        && !await db.UserRoles.AnyAsync(r => r.RoleId == roleId && r.UserId != personId, cancellationToken);

    private static string NewPassword() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 20);
}
