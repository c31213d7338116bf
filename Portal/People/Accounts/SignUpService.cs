using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;

namespace Portal.People.Accounts;

/// <summary>
/// Makes accounts. Known and unknown addresses are answered alike, after the same work; only the owner of an address learns from the
/// mail which it was. Nobody chooses a password here: that is for whoever reads the mail (<see cref="EmailConfirmation"/>).
/// </summary>
public sealed class SignUpService(
    PortalDbContext db, UserManager<PortalUser> users, AccountMails mails, AskLimits asked, LaterWork later, TimeProvider clock)
{
    /// <summary>Answers what is wrong with the fields, by their parameters' names; nothing: a mail is on its way.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SignUpAsync(
        string? name, string? email, string? language, string? zone, string network, CancellationToken cancellationToken)
    {
        var problems = FieldProblem.Of(
            (nameof(name), PersonRules.Name(name)), (nameof(email), PersonRules.Email(email)),
            (nameof(language), PersonRules.Language(language)), (nameof(zone), PersonRules.Zone(zone)));
        if (problems.Count > 0)
            return problems;
        if (!asked.MayAsk(EmailAddress.Key(email), network))
            return [new(nameof(email), ErrorText.AskedTooOften)];

        var address = EmailAddress.Read(email);
        var wanted = new PortalUser
        {
            Id = Guid.CreateVersion7(),
            Email = address,
            UserName = address,
            DisplayName = FreeText.OneLine(name),
            Language = language!,
            TimeZone = zone!,
            CreatedUtc = clock.GetUtcNow(),
        };
        await later.DoAsync<SignUpService>((service, cancel) => service.MakeAsync(wanted, cancel), cancellationToken);
        return [];
    }

    /// <summary>After the answer, which was the same for all.</summary>
    private async Task MakeAsync(PortalUser wanted, CancellationToken cancellationToken)
    {
        try
        {
            if (await users.FindByEmailAsync(wanted.Email!) is { } known)
                await AgainAsync(known, wanted, cancellationToken);
            else
                await CreateAsync(wanted, cancellationToken);
        }
        catch (DbUpdateException e) when (db.IsConflict(e))
        {
            // A second click at the same moment, which the first has done; or the address has just been confirmed.
            db.ChangeTracker.Clear();
        }
    }

    private async Task CreateAsync(PortalUser user, CancellationToken cancellationToken)
    {
        // Waits in the unit of work and is saved with the account.
        await mails.ConfirmAddressAsync(user, cancellationToken);
        if (!(await users.CreateAsync(user)).Succeeded)
            db.ChangeTracker.Clear(); // likewise: made since we looked
    }

    /// <summary>Nobody has shown yet that an unconfirmed account is theirs: the latest sign-up says what stands in it.</summary>
    private async Task AgainAsync(PortalUser known, PortalUser wanted, CancellationToken cancellationToken)
    {
        if (known.EmailConfirmed)
        {
            await mails.AddressTakenAsync(known, cancellationToken);
        }
        else
        {
            (known.DisplayName, known.Language, known.TimeZone) = (wanted.DisplayName, wanted.Language, wanted.TimeZone);
            await mails.ConfirmAddressAsync(known, cancellationToken);
        }
        await db.SaveChangesAsync(cancellationToken);
    }
}
