using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Breakouts;

/// <summary>A group as somebody wants it.</summary>
/// <param name="Name">Checked already (<see cref="SessionRules.GroupName"/>).</param>
/// <param name="People">Who is sent into it, by their part in the session.</param>
public sealed record WantedGroup(string Name, IReadOnlyList<Guid> People);

/// <summary>
/// The groups of a session, made beforehand. Nothing is made in the meeting's tool until the mentor opens them in the room.
/// </summary>
public sealed class BreakoutGroups(PortalDbContext db, SessionChanges changes, MeetingProviders providers)
{
    /// <summary>In the order of their numbers, with the people in the session at present.</summary>
    public async Task<IReadOnlyList<(BreakoutGroup Group, IReadOnlyList<SessionParticipant> People)>> OfAsync(
        MentoringSession session, CancellationToken cancellationToken)
    {
        var groups = await db.BreakoutGroups.AsNoTracking().Where(g => g.SessionId == session.Id).OrderBy(g => g.Number)
            .ToListAsync(cancellationToken);
        return [.. groups.Select(g => (g, (IReadOnlyList<SessionParticipant>)[.. Assignable(session)
            .Where(p => p.GroupNumber == g.Number)]))];
    }

    /// <summary>Everybody whom the mentor can send somewhere.</summary>
    public static IEnumerable<SessionParticipant> Assignable(MentoringSession session) =>
        session.Participants.Where(p => p is { IsIn: true, Role: not ParticipantRole.Mentor });

    /// <summary>The session has several people, and its tool has rooms to send them to.</summary>
    public bool IsPossible(MentoringSession session) => session.IsGroup && session.ExternalMeetingUrl is null
        && session.Links.FirstOrDefault(l => l.RoomVersion == session.RoomVersion) is { ProviderAccount: { } account }
        && providers.Embedding(new(account.ProviderId, account.Id)) is { Embedding.BreakoutRooms: true };

    /// <summary>In place of those that there are. Who is in none of them stays with the mentor.</summary>
    public Task<SessionOutcome> SaveAsync(
        Guid sessionId, IReadOnlyList<WantedGroup> wanted, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var right = changes.RightsOf(session, caller).Group;
            if (!right.IsAllowed())
                return right;
            var people = Assignable(session).ToDictionary(p => p.Id);
            if (wanted.SelectMany(g => g.People).Any(id => !people.ContainsKey(id)))
                return SessionOutcome.NoSuchPerson;
            var groups = await db.BreakoutGroups.Where(g => g.SessionId == sessionId).ToListAsync(cancellationToken);
            db.BreakoutGroups.RemoveRange(groups.Where(g => g.Number > wanted.Count));
            foreach (var person in session.Participants)
                person.GroupNumber = null;
            for (var i = 0; i < wanted.Count; i++)
            {
                var number = (short)(i + 1);
                if (groups.Find(g => g.Number == number) is not { } group)
                    db.BreakoutGroups.Add(group = new() { SessionId = sessionId, Number = number });
                group.Name = FreeText.OneLine(wanted[i].Name);
                foreach (var id in wanted[i].People)
                    people[id].GroupNumber = number;
            }
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>What is wrong with the groups as a whole: too many, two of one name, somebody in two of them; null for nothing.</summary>
    public static string? Check(IReadOnlyList<WantedGroup> wanted) =>
        wanted.Count > BreakoutGroup.MaxGroups ? ErrorText.GroupsTooMany.With(BreakoutGroup.MaxGroups)
        : wanted.Select(g => FreeText.OneLine(g.Name)).Distinct(StringComparer.OrdinalIgnoreCase).Count() < wanted.Count
            ? ErrorText.GroupsSameName
        : wanted.SelectMany(g => g.People).GroupBy(id => id).Any(g => g.Count() > 1) ? ErrorText.GroupsTwice
        : null;
}
