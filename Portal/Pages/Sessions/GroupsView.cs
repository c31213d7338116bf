using Portal.Sessions;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>The groups for breakout rooms, as their mentor reads them on the session's page.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Groups">May be none.</param>
public sealed record GroupsView(
    Guid SessionId, IReadOnlyList<(BreakoutGroup Group, IReadOnlyList<SessionParticipant> People)> Groups)
{
    /// <summary>Null for who does not make them, and where the tool has no rooms for them.</summary>
    public static async Task<GroupsView?> ReadAsync(SessionPageModel page, BreakoutGroups groups, CancellationToken cancellationToken) =>
        page.Rights.Group.IsAllowed() && groups.IsPossible(page.Session)
            ? new(page.Session.Id, await groups.OfAsync(page.Session, cancellationToken)) : null;
}
