using Portal.Joining;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Changes;

namespace Portal.Pages.Meeting;

/// <summary>What the mentor can do for everybody in the room.</summary>
/// <param name="Others">Who may be there beside the mentor.</param>
/// <param name="MayExtend">There is time to give.</param>
/// <param name="MayEnd">The session has begun.</param>
public sealed record HostView(IReadOnlyList<SessionParticipant> Others, bool MayExtend, bool MayEnd)
{
    /// <summary>Null for everybody but the mentor.</summary>
    public static async Task<HostView?> ReadAsync(
        JoinPerson person, SessionQueries sessions, SessionPolicy policy, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (CallerOf(person) is not { } caller
            || (await sessions.FindAsync(person.SessionId, caller, cancellationToken)).Session is not { } session)
            return null;
        var rights = SessionRights.Of(session, caller, clock.GetUtcNow(), policy);
        return new(
            [.. session.Participants.Where(p => p is { IsIn: true, Role: not ParticipantRole.Mentor })
                .OrderBy(p => p.Role).ThenBy(p => p.Name)],
            rights.Extend.IsAllowed(), rights.Complete is SessionOutcome.Done or SessionOutcome.TooEarly);
    }

    /// <summary>The mentor, as the room's cookie proves; null for everybody else.</summary>
    public static Caller? CallerOf(JoinPerson? person) =>
        person is { Role: ParticipantRole.Mentor, UserId: { } mentor, Withdrawn: false } ? new Caller(mentor, IsAdmin: false) : null;
}
