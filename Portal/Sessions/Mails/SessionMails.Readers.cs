using System.Globalization;
using Localization;
using Portal.Mail.Queue;

namespace Portal.Sessions.Mails;

/// <summary>Whom the news of a session goes to, and by whose name it is told.</summary>
public sealed partial class SessionMails
{
    private static IEnumerable<SessionParticipant> OtherSide(MentoringSession session, Guid? by) =>
        session.Participants.Where(p => p.IsIn && !IsOf(session, p, by) && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);

    /// <summary>It is this person's account, or that of a guardian, who is on the child's side.</summary>
    private static bool IsOf(MentoringSession session, SessionParticipant person, Guid? userId) =>
        userId is not null && (person.UserId == userId || person.Id == session.SeatFor(userId)?.Id);

    /// <summary>Null when it was the reader. A program speaks for the portal; who has no part in the session is an administrator.</summary>
    private string? Actor(MentoringSession session, Guid? by, SessionParticipant reader)
    {
        var actor = by is null ? null : session.Participants.FirstOrDefault(p => p.UserId == by);
        return actor?.Id == reader.Id ? null : session.FoundName(by)
            ?? (by is null ? portal.Value.QuotedNameIn(reader.Language) : Administration(reader));
    }

    private string Administration(SessionParticipant reader) =>
        MailText.ResourceManager.GetString(nameof(MailText.Administration), CultureInfo.GetCultureInfo(reader.Language))!
            .With(portal.Value.QuotedNameIn(reader.Language));

    private void ToEveryone(MentoringSession session, Func<SessionParticipant, SessionMail> mail)
    {
        foreach (var person in Told(session).Where(p => p.IsIn))
            Add(session, person, mail(person), toAll: true);
    }

    /// <summary>Who knows of the session: guests of a request, whose time to answer is set, hear of it once it is confirmed.</summary>
    private IEnumerable<SessionParticipant> Told(MentoringSession session) => session.Participants.Where(p =>
        p.WithdrawnUtc is null && p.LeftUtc is null && !(p.AccessUntilUtc <= clock.GetUtcNow())
        && (session.ExpiresUtc is null || p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee));

    /// <param name="session">About which.</param>
    /// <param name="person">Who is told; with a child its guardians are, without the child's own link.</param>
    /// <param name="mail">As the person reads it.</param>
    /// <param name="toAll">Everybody in the session gets one, a guardian who looks on among them.</param>
    private void Add(MentoringSession session, SessionParticipant person, SessionMail mail, bool toAll = false)
    {
        var occasion = session.Sequence.ToString(CultureInfo.InvariantCulture);
        outbox.Add(mail, person.ToRecipient(), occasion);
        // A new link is the child's own, and so is what it thought of the session.
        if (person.Role != ParticipantRole.Mentee || mail is Mails.LinkRenewed or SessionCompleted)
            return;
        foreach (var guardian in (person.User?.Guardians ?? []).Where(g => g.Guardian is not null).Select(g => g.Guardian!))
            if (!toAll || !Told(session).Any(p => p.UserId == guardian.Id))
                outbox.Add(mail with { Session = mail.Session with { Ward = new(person.Id, person.StoredName) } },
                    guardian.ToRecipient() with { SessionId = session.Id }, $"{person.Id:N}:{occasion}");
    }
}
