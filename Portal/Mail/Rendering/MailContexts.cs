using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.Mails;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Portal.Sessions.Reminders;
using Portal.Settings;
using Portal.Tickets;

namespace Portal.Mail.Rendering;

/// <summary>Gathers what a mail needs at the moment it is rendered; the only place that puts secret links into mails.</summary>
public sealed class MailContexts(
    PortalDbContext db, JoinLinks joinLinks, AccountCodes codes, PublicAddress address, IOptions<PortalOptions> options, TimeProvider clock,
    IServiceProvider services)
{
    /// <summary>With the reader's own links.</summary>
    public Task<MailContext> ForReaderAsync(OutboxMessage row, MailModel mail, CancellationToken cancellationToken) =>
        row.IsSample ? Task.FromResult(Sample(mail, row.ToName, row.Language, row.TimeZone)) : MakeAsync(row, mail, secrets: true, cancellationToken);

    /// <summary>As the reader sees it, but every link that only the reader may have is a dead one.</summary>
    public Task<MailContext> ForOthersAsync(OutboxMessage row, MailModel mail, CancellationToken cancellationToken) =>
        row.IsSample ? Task.FromResult(Sample(mail, row.ToName, row.Language, row.TimeZone)) : MakeAsync(row, mail, secrets: false, cancellationToken);

    /// <summary>Of a sample: every link of the mail is there, and none works.</summary>
    public MailContext Sample(MailModel mail, string name, string language, string timeZone) => new()
    {
        RecipientName = name,
        Language = language,
        TimeZone = timeZone,
        ProductName = options.Value.NameIn(language),
        PublicAddress = address.Base,
        Standing = mail is SessionRequested ? SessionStanding.Requested
            : mail is WaitingListed ? SessionStanding.WaitingList
            : mail is LinkWithdrawn ? SessionStanding.Withdrawn
            : mail.Calendar() is CalendarPart.Withdraw or CalendarPart.WithdrawAll ? SessionStanding.Cancelled : SessionStanding.Open,
        SessionStartUtc = (mail as SessionMail)?.Session.StartUtc,
        NowUtc = clock.GetUtcNow(),
        JoinUrl = mail.Link() == MailLink.Join ? address.To("join/example") : null,
        SessionUrl = mail is SessionMail ? address.To("sessions/00000000-0000-0000-0000-000000000000") : null,
        ActionUrl = SampleActionUrl(mail.Link()),
        UnsubscribeUrl = mail is SessionReminder ? address.To("mail/reminders/example") : null,
    };

    private Uri? SampleActionUrl(MailLink link) => link switch
    {
        MailLink.None or MailLink.Join => null,
        MailLink.ConfirmAddress => address.To("account/confirm-email"),
        MailLink.ConfirmNewAddress => address.To("account/new-mail"),
        MailLink.ResetPassword => address.To("account/reset-password"),
        MailLink.ForgotPassword => address.To("account/forgot-password"),
        MailLink.SignIn => address.To("account/sign-in"),
        MailLink.Mentors or MailLink.Rebook => address.To("mentors"),
        // Also those of kinds that are still to come: a sample shows its button.
        _ => address.To("sessions/00000000-0000-0000-0000-000000000000"),
    };

    private async Task<MailContext> MakeAsync(OutboxMessage row, MailModel mail, bool secrets, CancellationToken cancellationToken)
    {
        var participant = row.ParticipantId is null ? null : await db.Participants.AsNoTracking()
            .Where(p => p.Id == row.ParticipantId)
            .Select(p => new
            {
                p.Id,
                p.LinkVersion,
                Withdrawn = p.WithdrawnUtc != null || p.LeftUtc != null,
                Waits = p.WaitingSinceUtc != null,
                p.Session.State,
                p.Session.StartUtc,
                p.Session.MentorId,
                p.Session.KindId,
            })
            .SingleOrDefaultAsync(cancellationToken);
        var standing = participant switch
        {
            { State: SessionState.Cancelled or SessionState.Declined or SessionState.Expired } => SessionStanding.Cancelled,
            { State: SessionState.Missed } => SessionStanding.Missed,
            { Withdrawn: true } => SessionStanding.Withdrawn,
            { Waits: true } => SessionStanding.WaitingList,
            { State: SessionState.Requested } => SessionStanding.Requested,
            null when row.ParticipantId is not null => SessionStanding.Withdrawn, // no longer in the session
            _ => SessionStanding.Open,
        };
        var link = mail.Link();
        return new()
        {
            RecipientName = row.ToName,
            Language = row.Language,
            TimeZone = row.TimeZone,
            ProductName = options.Value.NameIn(row.Language),
            PublicAddress = address.Base,
            Standing = standing,
            SessionStartUtc = participant?.StartUtc,
            NowUtc = clock.GetUtcNow(),
            IsForAdmin = row.SessionId is not null && row.ParticipantId is null,
            JoinUrl = link != MailLink.Join || participant is null || standing != SessionStanding.Open ? null
                : secrets ? await joinLinks.ForAsync(participant.Id, participant.LinkVersion, cancellationToken)
                : address.To("join/example"),
            SessionUrl = row.UserId is null || row.SessionId is null || standing == SessionStanding.Withdrawn ? null : address.To($"sessions/{row.SessionId}"),
            UnsubscribeUrl = mail is not SessionReminder ? null
                : secrets ? services.GetRequiredService<ReminderChoices>().OffUrl(row) : address.To("mail/reminders/example"),
            ActionUrl = link switch
            {
                MailLink.ConfirmAddress => secrets ? await ConfirmAsync(row) : address.To("account/confirm-email"),
                MailLink.ConfirmNewAddress => secrets ? await NewAddressAsync(row, cancellationToken) : address.To("account/new-mail"),
                MailLink.ResetPassword => secrets ? await ResetAsync(row, cancellationToken) : address.To("account/reset-password"),
                MailLink.ForgotPassword => address.To("account/forgot-password"),
                MailLink.FailedMails => address.To($"admin/mail?state={MailArchive.Attention}"),
                MailLink.SignIn => address.To("account/sign-in"),
                MailLink.Session => row.UserId is null || row.SessionId is null ? null : address.To($"sessions/{row.SessionId}"),
                MailLink.Rebook => row.UserId is null || participant is null ? null
                    : address.To($"mentors/{participant.MentorId}" + (participant.KindId is { } kind ? $"?kind={kind}" : "")),
                MailLink.Feedback => row.UserId is null || row.SessionId is null ? null : address.To($"sessions/{row.SessionId}/feedback"),
                MailLink.Mentors => row.UserId is null ? null : address.To("mentors"),
                _ => null,
            },
        };
    }

    private async Task<Uri> ConfirmAsync(OutboxMessage row)
    {
        // Fetched when needed: most mails have nothing to do with accounts.
        var users = services.GetRequiredService<UserManager<PortalUser>>();
        var user = await OwnerAsync(row, CancellationToken.None);
        var code = await users.GenerateEmailConfirmationTokenAsync(user);
        return address.To($"account/confirm-email?user={user.Id}&code={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(code))}");
    }

    private async Task<Uri> ResetAsync(OutboxMessage row, CancellationToken cancellationToken) =>
        address.To($"account/reset-password?code={codes.ForPassword(await OwnerAsync(row, cancellationToken))}");

    /// <summary>Goes to an address that is not the account's; the code is good for that address only.</summary>
    private async Task<Uri> NewAddressAsync(OutboxMessage row, CancellationToken cancellationToken) =>
        address.To($"account/new-mail?code={codes.ForAddress(await AccountAsync(row, cancellationToken), row.ToAddress)}");

    /// <summary>A secret of an account goes to its own address only, also when an old mail is sent once more.</summary>
    private async Task<PortalUser> OwnerAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        var user = await AccountAsync(row, cancellationToken);
        return string.Equals(user.Email, row.ToAddress, StringComparison.OrdinalIgnoreCase)
            ? user
            : throw new MailCompositionException("The account has another address now.");
    }

    private async Task<PortalUser> AccountAsync(OutboxMessage row, CancellationToken cancellationToken) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == row.UserId && u.DeletedUtc == null, cancellationToken)
        ?? throw new MailCompositionException("The account is gone.");
}
