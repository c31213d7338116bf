using System.Net;
using Localization;
using Microsoft.Extensions.Options;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Mime;
using Portal.Mail.Queue;
using Portal.Settings;

namespace Portal.Mail.Admin;

/// <param name="Steps">What went well, in the order in which it was done.</param>
public sealed record TestMailReport(string To, SendResult Result, IReadOnlyList<SendStep> Steps);

/// <summary>
/// A mail to the administrator's own address, at once and past the outbox: whether the way out works, and if not, where it ends.
/// </summary>
public sealed class TestMail(
    PortalDbContext db, IMailSender sender, MailWriter writer, PublicAddress address, IOptions<MailOptions> mail,
    IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <param name="to">The administrator who asks for it.</param>
    public async Task<TestMailReport> SendAsync(Recipient to, string language, CancellationToken cancellationToken)
    {
        var name = portal.Value.NameIn(language);
        var text = MailText.TestMailBody.With(name);
        var mailId = Guid.CreateVersion7();
        var message = new MailMessage
        {
            MessageId = $"{mailId:N}@{address.Base.IdnHost}",
            Date = clock.GetUtcNow(),
            FromName = name,
            FromAddress = mail.Value.FromAddress,
            ToName = to.Name,
            ToAddress = to.Address,
            Subject = MailText.TestMailSubject.With(name),
            Language = language,
            Text = text + "\n",
            Html = $"<!doctype html><html lang=\"{language}\" dir=\"{Languages.Direction(language)}\"><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(name)}</title><p>{WebUtility.HtmlEncode(text)}</p></html>",
        };
        var outgoing = new OutgoingMail(mailId, message.MessageId, message.Date, message.FromAddress, [to.Address], writer.Write(message));

        await using var session = await sender.OpenAsync(cancellationToken);
        var result = await session.SendAsync(outgoing, cancellationToken);
        Audit.Note(db, clock.GetUtcNow(), to.UserId, "mail.test", $"person:{to.UserId}",
            $"{result.Verdict} {result.Stage} {result.Code}".TrimEnd());
        // The mail is out, also when nobody waits any more.
        await db.SaveChangesAsync(CancellationToken.None);
        return new(to.Address, result, session.Steps);
    }
}
