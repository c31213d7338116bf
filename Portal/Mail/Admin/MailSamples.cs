using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Mails;

namespace Portal.Mail.Admin;

/// <summary>Mails with made-up facts, to look at. Their links lead nowhere.</summary>
public sealed class MailSamples(MailRenderer renderer, MailContexts contexts, PortalDbContext db, Outbox outbox, TimeProvider clock)
{
    /// <summary>Those of sessions first: they are the most, and the most read.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. MailKinds.All.OrderBy(k => !k.Value.IsSubclassOf(typeof(SessionMail))).ThenBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Key)];

    /// <summary>What a mentee of this mentor gets, in the mentor's own zone and the language of whoever looks.</summary>
    public Task<RenderedMail> ConfirmedAsync(MentorProfile mentor, DateTimeOffset start, string language)
    {
        var mail = new SessionConfirmed(new(
            UiText.SettingsSampleTopic, start, mentor.SessionMinutes, ParticipantRole.Mentee, mentor.User.DisplayName, mentor.User.TimeZone));
        return renderer.RenderAsync(mail, contexts.Sample(mail, UiText.SettingsSampleMentee, language, mentor.User.TimeZone));
    }

    public Task<RenderedMail> RenderAsync(string kind, string language)
    {
        var mail = MailKinds.Sample(kind);
        return renderer.RenderAsync(mail, ReaderOf(mail, language));
    }

    /// <summary>To the account's own address, on the way that all mails go.</summary>
    /// <returns>False when there is no such account, or no address.</returns>
    public async Task<bool> SendAsync(string kind, string language, Guid userId, CancellationToken cancellationToken)
    {
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.DeletedUtc == null, cancellationToken) is not { Email.Length: > 0 } user)
            return false;
        outbox.AddSample(MailKinds.Sample(kind), user, language);
        db.AuditEntries.Add(new AuditEntry { AtUtc = clock.GetUtcNow(), ActorId = userId, Action = "mail.send-sample", Subject = $"mail:{kind}" });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private MailContext ReaderOf(MailModel mail, string language) => mail is SessionMail { Session.ReaderRole: ParticipantRole.Mentor }
        ? contexts.Sample(mail, SampleFacts.Mentor, language, SampleFacts.MentorZone)
        : contexts.Sample(mail, language == Languages.Arabic ? SampleFacts.ArabicMentee : SampleFacts.Mentee, language, SampleFacts.MenteeZone);
}
