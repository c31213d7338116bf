using System.Globalization;
using Portal.Mail.Queue;
using Portal.People.Mails;
using Portal.ProviderHost;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Rooms;

/// <summary>Who is told that a session takes place in a stand-in room, in the unit of work of the change.</summary>
public sealed class StandInAlerts(Outbox outbox, AccountRecipients recipients, MeetingProviders providers, TimeProvider clock)
{
    /// <summary>A tool that is dead for a day, with hundreds of sessions, is no reason for hundreds of mails to administrators.</summary>
    private static readonly TimeSpan BetweenAlerts = TimeSpan.FromHours(2);

    public async Task TellAsync(MentoringSession session, ProviderAccount failed, TroubleKind reason, CancellationToken cancellationToken)
    {
        foreach (var person in session.Participants.Where(p => p.IsIn))
            outbox.Add(new StandInRoom(SessionFacts.For(session, person), NameOf(failed, person.Language),
                    person.Role == ParticipantRole.Mentor ? reason : null),
                person.ToRecipient(), session.Sequence.ToString(CultureInfo.InvariantCulture));
        // Who runs the portal is on no side: the mail names the mentor.
        var facts = new SessionFacts(session.Topic, session.StartUtc, session.LengthMinutes, ParticipantRole.Observer,
            [session.MentorPart.StoredName], session.Mentor.TimeZone);
        var span = clock.GetUtcNow().ToUnixTimeSeconds() / (long)BetweenAlerts.TotalSeconds;
        foreach (var admin in (await recipients.AdministratorsAsync(cancellationToken)).Where(a => a.UserId != session.MentorId))
            await outbox.AddOnceAsync(new StandInRoom(facts, NameOf(failed, admin.Language), reason), admin with { SessionId = session.Id },
                $"{failed.Id:N}:{span}", cancellationToken);
    }

    private string NameOf(ProviderAccount account, string language) =>
        providers.Find(account.ProviderId)?.NameIn(language) ?? account.ProviderId;
}
