using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;
using Portal.Mail.Mime;
using Portal.Mail.Queue;
using Portal.Settings;

namespace Portal.Mail.Rendering;

/// <summary>Makes of an outbox row the mail that leaves.</summary>
public sealed class MailComposer(
    MailContexts contexts, MailRenderer renderer, IMailAttachmentSource attachments, MailWriter writer, PublicAddress address,
    IOptions<MailOptions> options)
{
    /// <returns>Null when the mail is not true any more.</returns>
    public async Task<(OutgoingMail Mail, string Subject)?> ComposeAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        var model = MailKinds.Read(row.Kind, row.Model);
        var context = await contexts.ForReaderAsync(row, model, cancellationToken);
        if (!row.IsSample && !model.IsStillTrue(context))
            return null;
        var rendered = await renderer.RenderAsync(model, context);
        var calendar = await attachments.ForAsync(row, model, context, cancellationToken);
        var message = new MailMessage
        {
            // The same for every try: a reader who gets the mail twice sees it once.
            MessageId = $"{row.Id:N}@{address.Base.IdnHost}",
            Date = row.CreatedUtc,
            FromName = context.ProductName,
            FromAddress = options.Value.FromAddress,
            ToName = row.ToName,
            ToAddress = row.ToAddress,
            ReplyTo = options.Value.ReplyTo is { Length: > 0 } replyTo ? replyTo : null,
            UnsubscribeUrl = context.NoMailUrl ?? context.UnsubscribeUrl,
            Subject = rendered.Subject,
            Language = row.Language,
            Text = rendered.Text,
            Html = rendered.Html,
            Calendar = calendar is null ? null : new(calendar.Method, calendar.Calendar),
        };
        return (new(row.Id, message.MessageId, message.Date, message.FromAddress, [row.ToAddress], writer.Write(message)),
            rendered.Subject);
    }
}
