using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Rendering;

namespace Portal.Mail.Queue;

/// <summary>
/// Queues mails in the caller's unit of work: they exist exactly when the change they tell about does. The caller saves;
/// after the commit the mails leave by themselves.
/// </summary>
public sealed class Outbox(PortalDbContext db, TimeProvider clock)
{
    /// <summary>
    /// The occasion says which news of this kind it is: a second mail of the same kind to the same reader on the same
    /// occasion is refused by the database. Somebody without an address gets nothing.
    /// </summary>
    public void Add(MailModel mail, Recipient to, string occasion)
    {
        if (to.Address.Length > 0)
            db.Outbox.Add(Make(mail, to, occasion));
    }

    /// <summary>A mail that the caller adds, such as with many others.</summary>
    public OutboxMessage Make(MailModel mail, Recipient to, string occasion) => New(mail, to, KeyOf(mail, to, occasion));

    /// <summary>Likewise, for an occasion that may have been told before.</summary>
    /// <returns>False when nothing was queued: that mail is there already, or there is no address.</returns>
    public async Task<bool> AddOnceAsync(MailModel mail, Recipient to, string occasion, CancellationToken cancellationToken)
    {
        var key = KeyOf(mail, to, occasion);
        if (to.Address.Length == 0 || await db.Outbox.AnyAsync(m => m.Key == key, cancellationToken))
            return false;
        db.Outbox.Add(New(mail, to, key));
        return true;
    }

    /// <summary>A sample of a mail, as often as it is asked for.</summary>
    public void AddSample(MailModel mail, Recipient to) =>
        db.Outbox.Add(New(mail, to, $"{OutboxMessage.SampleKey}{Guid.CreateVersion7():N}"));

    public static string KeyOf(MailModel mail, Recipient to, string occasion) => $"{MailKinds.Of(mail)}:{to.Key}:{occasion}";

    private OutboxMessage New(MailModel mail, Recipient to, string key)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Key = key,
            Kind = MailKinds.Of(mail),
            Model = MailKinds.Write(mail),
            ToAddress = to.Address,
            ToName = to.Name,
            Language = Languages.OrEnglish(to.Language),
            TimeZone = to.TimeZone,
            UserId = to.UserId,
            SessionId = to.SessionId,
            ParticipantId = to.ParticipantId,
            CreatedUtc = now,
            QueuedUtc = now,
            DueUtc = now,
        };
    }
}
