using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Booking;

/// <summary>Guests and observers: people with a link of their own and no account.</summary>
public sealed class InvitationService(
    PortalDbContext db, SessionChanges changes, SessionMails mails, Quotas quotas, SessionPolicy policy, TimeProvider clock)
{
    /// <summary>The same address twice is one invitation.</summary>
    /// <returns>The new participant, or the one who was there already.</returns>
    public async Task<(SessionOutcome Outcome, Guid? ParticipantId)> InviteAsync(
        Guid sessionId, Invitation invitation, Caller caller, CancellationToken cancellationToken)
    {
        Guid? id = null;
        var outcome = await changes.RunAsync(sessionId, async session =>
        {
            if (changes.RightsOf(session, caller).Invite is not SessionOutcome.Done and var refused)
                return refused;
            var there = session.Participants.FirstOrDefault(p =>
                invitation.Email.Length > 0 && p.WithdrawnUtc is null
                    && string.Equals(p.Email, invitation.Email, StringComparison.OrdinalIgnoreCase));
            if (AccessEnd.IsOver(invitation.Until, session.StartUtc, clock.GetUtcNow()))
                return SessionOutcome.AccessTooShort;
            if (there is not null)
            {
                id = there.Id;
                return there.AccessUntilUtc == invitation.Until ? SessionOutcome.Done : ChangeEnd(session, there, invitation.Until, caller);
            }
            if (CountOf(session) >= policy.Booking.MaxGuests)
                return SessionOutcome.TooMany;
            if (await quotas.JudgeInvitationAsync(session, invitation, caller.UserId, cancellationToken)
                is not SessionOutcome.Done and var much)
                return much;
            var by = caller.UserId is { } userId ? await db.Users.FindAsync([userId], cancellationToken) ?? session.Mentor : session.Mentor;
            var person = PartOf(invitation, by, clock.GetUtcNow());
            person.InvitedBy = caller.UserId;
            person.SessionId = session.Id;
            person.Session = session;
            session.Participants.Add(person);
            db.Participants.Add(person);
            session.Sequence++;
            changes.Log(session, MeetingEventKind.Invited, person.Id);
            changes.Audit(caller, "session.invite", session);
            // A request's guests hear of it when it is confirmed.
            if (session.State == SessionState.Confirmed)
                mails.Invited(session, person, by.DisplayName);
            id = person.Id;
            return SessionOutcome.Done;
        }, cancellationToken);
        return (outcome, outcome == SessionOutcome.Done ? id : null);
    }

    /// <summary>Who is there already is invited anew until then: by who may take the invitation back.</summary>
    private SessionOutcome ChangeEnd(MentoringSession session, SessionParticipant person, DateTimeOffset? until, Caller caller)
    {
        if (person.Role is not (ParticipantRole.Guest or ParticipantRole.Observer))
            return SessionOutcome.Done;
        if (changes.RightsOf(session, caller).Withdraw(person) is not SessionOutcome.Done and var refused)
            return refused;
        person.AccessUntilUtc = until;
        session.Sequence++;
        changes.Log(session, MeetingEventKind.Invited, person.Id, new { until });
        changes.Audit(caller, "session.invite-until", session);
        if (session.State == SessionState.Confirmed)
            mails.Invited(session, person, session.NameOf(person.InvitedBy));
        return SessionOutcome.Done;
    }

    private static int CountOf(MentoringSession session) =>
        session.Participants.Count(p => p.Role is ParticipantRole.Guest or ParticipantRole.Observer && p.WithdrawnUtc is null);

    /// <summary>Until they say otherwise, guests read the language and the zone of whoever invites them.</summary>
    internal static SessionParticipant PartOf(Invitation invitation, PortalUser by, DateTimeOffset now) => new()
    {
        InvitedBy = by.Id,
        InvitedUtc = now,
        Role = invitation.Role == ParticipantRole.Observer ? ParticipantRole.Observer : ParticipantRole.Guest,
        OwnName = FreeText.OneLine(invitation.Name) is { Length: > 0 } name ? name : null,
        OwnEmail = invitation.Email.Length > 0 ? invitation.Email : null,
        AccessUntilUtc = invitation.Until,
        OwnLanguage = by.Language,
        OwnTimeZone = by.TimeZone,
    };
}
