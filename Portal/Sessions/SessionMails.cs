using Microsoft.Extensions.Options;
using Portal.Mail;
using Portal.Settings;

namespace Portal.Sessions;

/// <summary>Who is told what about a session. The rows join the caller's unit of work: no change without its mails, no mails without it.</summary>
public sealed class SessionMails(Outbox outbox, IOptions<PortalOptions> portal)
{
    public void Confirmed(MentoringSession session) =>
        ToEveryone(session, person => new SessionConfirmed(SessionFacts.For(session, person)));

    public void Cancelled(MentoringSession session, Guid? by)
    {
        var actor = session.Participants.FirstOrDefault(p => p.UserId == by && by is not null);
        // Who has no part in the session speaks for the portal.
        ToEveryone(session, person => new SessionCancelled(
            SessionFacts.For(session, person),
            person.Id == actor?.Id ? null : actor?.Name ?? portal.Value.NameIn(person.Language),
            session.CancelReason));
    }

    public void LinkWithdrawn(MentoringSession session, SessionParticipant person) =>
        outbox.Add(new LinkWithdrawn(SessionFacts.For(session, person)), person, session.Sequence);

    public void LinkRenewed(MentoringSession session, SessionParticipant person) =>
        outbox.Add(new LinkRenewed(SessionFacts.For(session, person)), person, session.Sequence);

    private void ToEveryone(MentoringSession session, Func<SessionParticipant, MailModel> mail)
    {
        foreach (var person in session.Participants.Where(p => p.WithdrawnUtc is null))
            outbox.Add(mail(person), person, session.Sequence);
    }
}
