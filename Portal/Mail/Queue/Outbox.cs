using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.Sessions;

namespace Portal.Mail.Queue;

/// <summary>
/// Queues mails in the caller's unit of work: they exist exactly when the change they tell about does. The caller saves;
/// after the commit the mails leave by themselves.
/// </summary>
public sealed class Outbox(PortalDbContext db, TimeProvider clock)
{
    /// <summary>
    /// To a participant, whose session and account must be loaded. The sequence says which change of this kind it is
    /// about (<see cref="MentoringSession.Sequence"/>, or the person's LinkVersion): the same one twice is refused by the
    /// database. Somebody without an address gets nothing.
    /// </summary>
    public void Add(MailModel mail, SessionParticipant to, int sequence) =>
        AddWithKey(mail, to, $"{MailKinds.Of(mail)}:{to.SessionId:N}:{to.Id:N}:{sequence}");

    /// <summary>Likewise, where something else than a change of the session says which mail it is.</summary>
    public void AddWithKey(MailModel mail, SessionParticipant to, string key)
    {
        if (to.Email.Length == 0)
            return;
        db.Outbox.Add(New(mail, key, to.Email, to.Name, to.Language, to.TimeZone, m =>
        {
            m.UserId = to.UserId;
            m.SessionId = to.SessionId;
            m.ParticipantId = to.Id;
        }));
    }

    /// <summary>To an account, once for each occasion.</summary>
    /// <param name="address">Where to, when it is not the account's own address.</param>
    /// <returns>False when that mail is queued or sent already.</returns>
    /// <param name="about">The session whose page the mail links to.</param>
    public async Task<bool> AddAsync(
        MailModel mail, PortalUser to, string occasion, CancellationToken cancellationToken, string? address = null, Guid? about = null)
    {
        var key = KeyOf(mail, to, occasion);
        if (await db.Outbox.AnyAsync(m => m.Key == key, cancellationToken))
            return false;
        Add(mail, to, occasion, address, about);
        return true;
    }

    /// <summary>To an account, on an occasion that nobody else can have.</summary>
    public void Add(MailModel mail, PortalUser to, string occasion, string? address = null, Guid? about = null) =>
        db.Outbox.Add(New(mail, KeyOf(mail, to, occasion), address ?? to.Email ?? "", to.DisplayName, to.Language, to.TimeZone, m =>
        {
            m.UserId = to.Id;
            m.SessionId = about;
        }));

    /// <summary>A sample of a mail to an account's own address, in a language of choice.</summary>
    public void AddSample(MailModel mail, PortalUser to, string language) =>
        db.Outbox.Add(New(mail, $"{OutboxMessage.SampleKey}{Guid.CreateVersion7():N}", to.Email ?? "", to.DisplayName, language, to.TimeZone, m => m.UserId = to.Id));

    private static string KeyOf(MailModel mail, PortalUser to, string occasion) => $"{MailKinds.Of(mail)}:{to.Id:N}:{occasion}";

    private OutboxMessage New(MailModel mail, string key, string address, string name, string language, string zone, Action<OutboxMessage> about)
    {
        var now = clock.GetUtcNow();
        var message = new OutboxMessage
        {
            Key = key,
            Kind = MailKinds.Of(mail),
            Model = MailKinds.Write(mail),
            ToAddress = address,
            ToName = name,
            Language = Languages.OrEnglish(language),
            TimeZone = zone,
            CreatedUtc = now,
            DueUtc = now,
        };
        about(message);
        return message;
    }
}
