using Portal.Mail.Queue;

namespace Portal.Mail.Rendering;

/// <summary>What a mail brings for the reader's calendar.</summary>
/// <param name="Method">As in the calendar itself.</param>
public sealed record CalendarAttachment(string Method, string Calendar);

/// <summary>Knows what mails bring besides their words. Mail itself knows no calendar.</summary>
public interface IMailAttachmentSource
{
    /// <returns>Null when the mail brings nothing.</returns>
    Task<CalendarAttachment?> ForAsync(OutboxMessage row, MailModel mail, MailContext context, CancellationToken cancellationToken);
}
