using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.People.Accounts;
using Portal.Settings;

namespace Portal.People.Mails;

/// <summary>Where the buttons of mails to accounts lead. The only place that writes an account's secrets into mails.</summary>
public sealed class AccountMailContexts(PortalDbContext db, AccountCodes codes, PublicAddress address)
    : IMailContextSource
{
    public Type Family => typeof(AccountMail);

    public async Task<MailContext> ForAsync(
        OutboxMessage row, MailModel mail, MailContext reader, bool secrets, CancellationToken cancellationToken) =>
        With(reader, mail, secrets ? await SecretAsync(row, mail, cancellationToken) : "");

    public MailContext Sample(MailModel mail, MailContext reader) => With(reader, mail, "");

    private AccountMailContext With(MailContext reader, MailModel mail, string secret) =>
        new(reader)
        {
            ActionUrl = ((AccountMail)mail).Page() is { } page ? address.To(page + secret) : null,
            MoreUrl = ((AccountMail)mail).More() is { } more ? address.To(more.Page) : null,
        };

    private async Task<string> SecretAsync(OutboxMessage row, MailModel mail, CancellationToken cancellationToken) => mail switch
    {
        ConfirmAddress => $"?code={codes.ForConfirmation(await OwnerAsync(row, cancellationToken))}",
        ResetPassword => $"?code={codes.ForPassword(await OwnerAsync(row, cancellationToken))}",
        // Goes to an address that is not the account's; the code is good for that address only.
        ConfirmNewAddress => $"?code={codes.ForAddress(await AccountAsync(row, cancellationToken), row.ToAddress)}",
        _ => "",
    };

    /// <summary>A secret of an account goes to its own address only, also when an old mail is sent once more.</summary>
    private async Task<PortalUser> OwnerAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        var user = await AccountAsync(row, cancellationToken);
        return string.Equals(user.Email, row.ToAddress, StringComparison.OrdinalIgnoreCase)
            ? user
            : throw new MailCompositionException(Said.Of(nameof(SaidText.AddressChanged)));
    }

    private async Task<PortalUser> AccountAsync(OutboxMessage row, CancellationToken cancellationToken) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == row.UserId && u.DeletedUtc == null, cancellationToken)
        ?? throw new MailCompositionException(Said.Of(nameof(SaidText.AccountGone)));
}
