using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Joining;
using Portal.People;
using Portal.Sessions;
using Portal.Settings;

namespace Portal.Mail;

/// <summary>Gathers what a mail needs at the moment it is rendered; the only place that puts secret links into mails.</summary>
public sealed class MailContexts(
    PortalDbContext db, JoinLinks joinLinks, PublicAddress address, IOptions<PortalOptions> options, IServiceProvider services)
{
    /// <summary>With the reader's own links.</summary>
    public Task<MailContext> ForReaderAsync(OutboxMessage row, MailModel mail, CancellationToken cancellationToken) =>
        MakeAsync(row, mail, secrets: true, cancellationToken);

    /// <summary>As the reader sees it, but every link that only the reader may have is a dead one.</summary>
    public Task<MailContext> ForOthersAsync(OutboxMessage row, MailModel mail, CancellationToken cancellationToken) =>
        MakeAsync(row, mail, secrets: false, cancellationToken);

    private async Task<MailContext> MakeAsync(OutboxMessage row, MailModel mail, bool secrets, CancellationToken cancellationToken)
    {
        var participant = row.ParticipantId is null ? null : await db.Participants.AsNoTracking()
            .Where(p => p.Id == row.ParticipantId)
            .Select(p => new { p.Id, p.LinkVersion, Withdrawn = p.WithdrawnUtc != null || p.LeftUtc != null, Waits = p.WaitingSinceUtc != null, p.Session.State })
            .SingleOrDefaultAsync(cancellationToken);
        var standing = participant switch
        {
            { State: SessionState.Cancelled or SessionState.Declined or SessionState.Expired } => SessionStanding.Cancelled,
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
            JoinUrl = link != MailLink.Join || participant is null || standing != SessionStanding.Open ? null
                : secrets ? await joinLinks.ForAsync(participant.Id, participant.LinkVersion, cancellationToken)
                : address.To("join/example"),
            SessionUrl = row.UserId is null || row.SessionId is null || standing == SessionStanding.Withdrawn ? null : address.To($"sessions/{row.SessionId}"),
            ActionUrl = link switch
            {
                MailLink.ConfirmAddress => secrets ? await ConfirmAsync(row) : address.To("account/confirm-email"),
                MailLink.SignIn => address.To("account/sign-in"),
                MailLink.Session => row.UserId is null || row.SessionId is null ? null : address.To($"sessions/{row.SessionId}"),
                MailLink.Mentors => row.UserId is null ? null : address.To("mentors"),
                _ => null,
            },
        };
    }

    private async Task<Uri> ConfirmAsync(OutboxMessage row)
    {
        // Fetched when needed: most mails have nothing to do with accounts.
        var users = services.GetRequiredService<UserManager<PortalUser>>();
        var user = await users.FindByIdAsync(row.UserId.ToString() ?? "") ?? throw new MailCompositionException("The account is gone.");
        var code = await users.GenerateEmailConfirmationTokenAsync(user);
        return address.To($"account/confirm-email?user={user.Id}&code={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(code))}");
    }
}
