using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;

namespace Portal.People.Accounts;

/// <summary>
/// Makes accounts. Known and unknown addresses are answered alike, after the same work; only the owner of an address
/// learns from the mail which it was.
/// </summary>
public sealed class SignUpService(
    PortalDbContext db, UserManager<PortalUser> users, IPasswordHasher<PortalUser> hasher, AccountMails mails, TimeProvider clock)
{
    /// <summary>Answers what is wrong with the fields, by their parameters' names; nothing: a mail is on its way.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SignUpAsync(
        string? name, string? email, string? password, string? language, string? zone, CancellationToken cancellationToken)
    {
        var problems = Check(name, email, password, language, zone);
        if (problems.Count > 0)
            return problems;

        var wanted = new PortalUser
        {
            Id = Guid.CreateVersion7(),
            Email = email!.Trim(),
            UserName = email.Trim(),
            DisplayName = FreeText.OneLine(name),
            Language = language!,
            TimeZone = zone!,
            CreatedUtc = clock.GetUtcNow(),
        };
        wanted.PasswordHash = hasher.HashPassword(wanted, password!);
        try
        {
            if (await users.FindByEmailAsync(wanted.Email) is { } known)
                await AgainAsync(known, wanted, cancellationToken);
            else
                await CreateAsync(wanted, cancellationToken);
        }
        catch (DbUpdateException e) when (db.IsConflict(e))
        {
            // A second click at the same moment, which the first has done; or the address has just been confirmed.
            db.ChangeTracker.Clear();
        }
        return [];
    }

    private async Task CreateAsync(PortalUser user, CancellationToken cancellationToken)
    {
        // Waits in the unit of work and is saved with the account.
        await mails.ConfirmAddressAsync(user, cancellationToken);
        if (!(await users.CreateAsync(user)).Succeeded)
            db.ChangeTracker.Clear(); // likewise: made since we looked
    }

    /// <summary>
    /// Nobody has shown yet that an unconfirmed account is theirs, so the latest sign-up counts: whoever signed up first
    /// with somebody else's address must not have chosen its password.
    /// </summary>
    private async Task AgainAsync(PortalUser known, PortalUser wanted, CancellationToken cancellationToken)
    {
        if (known.EmailConfirmed)
        {
            await mails.AddressTakenAsync(known, cancellationToken);
        }
        else
        {
            (known.DisplayName, known.Language, known.TimeZone) = (wanted.DisplayName, wanted.Language, wanted.TimeZone);
            known.PasswordHash = wanted.PasswordHash;
            await mails.ConfirmAddressAsync(known, cancellationToken);
        }
        await db.SaveChangesAsync(cancellationToken);
    }

    private static List<FieldProblem> Check(string? name, string? email, string? password, string? language, string? zone) =>
    [
        .. new (string Field, string? Wrong)[]
        {
            (nameof(name), PersonRules.Name(name)),
            (nameof(email), PersonRules.Email(email)),
            (nameof(password), PersonRules.Password(password)),
            (nameof(language), PersonRules.Language(language)),
            (nameof(zone), PersonRules.Zone(zone)),
        }.Where(f => f.Wrong is not null).Select(f => new FieldProblem(f.Field, f.Wrong!)),
    ];
}
