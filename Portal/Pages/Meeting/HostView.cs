using System.Text.Json;
using Portal.Joining;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;

namespace Portal.Pages.Meeting;

/// <summary>What the mentor can do for everybody in the room.</summary>
/// <param name="Others">Who may be there beside the mentor.</param>
/// <param name="MayExtend">There is time to give.</param>
/// <param name="MayEnd">The session has begun.</param>
/// <param name="Groups">For the room's module, as JSON; empty where none were made.</param>
public sealed record HostView(IReadOnlyList<SessionParticipant> Others, bool MayExtend, bool MayEnd, string Groups)
{
    /// <summary>Null for everybody but the mentor.</summary>
    public static async Task<HostView?> ReadAsync(
        JoinPerson person, SessionQueries sessions, BreakoutGroups groups, SessionPolicy policy, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (CallerOf(person) is not { } caller
            || (await sessions.FindAsync(person.SessionId, caller, cancellationToken)).Session is not { } session)
            return null;
        var rights = SessionRights.Of(session, caller, clock.GetUtcNow(), policy);
        return new(
            [.. session.Participants.Where(p => p is { IsIn: true, Role: not ParticipantRole.Mentor })
                .OrderBy(p => p.Role).ThenBy(p => p.Name)],
            rights.Extend.IsAllowed(), rights.Complete is SessionOutcome.Done or SessionOutcome.TooEarly,
            groups.IsPossible(session) ? Write(await groups.OfAsync(session, cancellationToken)) : "");
    }

    /// <summary>People as the tool may know them: by their account, which the tokens name, or by their name.</summary>
    private static string Write(IReadOnlyList<(BreakoutGroup Group, IReadOnlyList<SessionParticipant> People)> groups) =>
        groups.Count == 0 ? "" : JsonSerializer.Serialize(groups.Select(g => new
        {
            name = g.Group.Name,
            people = g.People.Select(p => new { id = p.UserId ?? p.Id, name = p.Name }),
        }));

    /// <summary>Whether the person, signed in, finds a form there that gives the session another time.</summary>
    public static async Task<bool> MayMoveAsync(
        JoinPerson person, SessionQueries sessions, SessionPolicy policy, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = new Caller(person.UserId, IsAdmin: false);
        return person.UserId is not null && (await sessions.FindAsync(person.SessionId, caller, cancellationToken)).Session is { } session
            && SessionRights.Of(session, caller, clock.GetUtcNow(), policy).Move.IsAllowed();
    }

    /// <summary>The mentor, as the room's cookie proves; null for everybody else.</summary>
    public static Caller? CallerOf(JoinPerson? person) =>
        person is { Role: ParticipantRole.Mentor, UserId: { } mentor, Withdrawn: false } ? new Caller(mentor, IsAdmin: false) : null;
}
