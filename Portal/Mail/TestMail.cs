using System.Net;
using System.Security.Claims;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Mime;
using Portal.Security;
using Portal.Settings;

namespace Portal.Mail;

/// <param name="Steps">What went well, in the order in which it was done.</param>
public sealed record TestMailReport(string To, SendResult Result, IReadOnlyList<SendStep> Steps);

/// <summary>A mail to the administrator's own address, at once and past the outbox: whether the way out works, and if not, where it ends.</summary>
public sealed class TestMail(
    PortalDbContext db, IMailSender sender, MailWriter writer, PublicAddress address, IOptions<MailOptions> mail,
    IOptions<PortalOptions> portal, TimeProvider clock)
{
    public async Task<string?> AddressOfAsync(ClaimsPrincipal admin, CancellationToken cancellationToken)
    {
        var id = admin.UserId();
        return await db.Users.Where(u => u.Id == id).Select(u => u.Email).SingleOrDefaultAsync(cancellationToken);
    }

    /// <returns>Null when nobody is there to get it.</returns>
    public async Task<TestMailReport?> SendAsync(ClaimsPrincipal admin, string language, CancellationToken cancellationToken)
    {
        var id = admin.UserId();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        if (user?.Email is not { } to)
            return null;

        var name = portal.Value.NameIn(language);
        var text = MailText.TestMailBody.With(name);
        var mailId = Guid.CreateVersion7();
        var message = new MailMessage
        {
            MessageId = $"{mailId:N}@{address.Base.IdnHost}",
            Date = clock.GetUtcNow(),
            FromName = name,
            FromAddress = mail.Value.FromAddress,
            ToName = user.DisplayName,
            ToAddress = to,
            Subject = MailText.TestMailSubject.With(name),
            Language = language,
            Text = text + "\n",
            Html = $"<!doctype html><html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(name)}</title><p>{WebUtility.HtmlEncode(text)}</p></html>",
        };
        var outgoing = new OutgoingMail(mailId, message.MessageId, message.Date, message.FromAddress, [to], writer.Write(message));

        await using var session = await sender.OpenAsync(cancellationToken);
        var result = await session.SendAsync(outgoing, cancellationToken);
        db.AuditEntries.Add(new()
        {
            AtUtc = clock.GetUtcNow(),
            ActorId = id,
            Action = "mail.test",
            Subject = $"person:{id}",
            Details = $"{result.Verdict} {result.Stage} {result.Code}".TrimEnd(),
        });
        // The mail is out, also when nobody waits any more.
        await db.SaveChangesAsync(CancellationToken.None);
        return new(to, result, session.Steps);
    }
}
