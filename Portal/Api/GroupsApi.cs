using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;

namespace Portal.Api;

/// <summary>The groups of a session: people whom the mentor sends into breakout rooms of the meeting tool.</summary>
/// <param name="Groups">At most 10, in their order.</param>
public sealed record GroupsBody(GroupItem[]? Groups) : ICheckedRequest
{
    internal IReadOnlyList<WantedGroup> Wanted() =>
        [.. (Groups ?? []).OfType<GroupItem>().Select(g => new WantedGroup(g.Name ?? "", g.ParticipantIds ?? []))];

    public IReadOnlyList<FieldProblem> Check() =>
    [
        .. FieldProblem.Of((nameof(Groups), Groups is null ? Localization.ErrorText.FieldMissing : BreakoutGroups.Check(Wanted()))),
        .. Wanted().SelectMany((group, i) =>
            FieldProblem.Of(($"{nameof(Groups)}[{i}].{nameof(GroupItem.Name)}", SessionRules.GroupName(group.Name)))),
    ];
}

/// <param name="Name">Unique in the session, at most 60 characters; the breakout room is called so.</param>
/// <param name="ParticipantIds">From the session's participants; nobody twice, and not the mentor.</param>
public sealed record GroupItem(string? Name, Guid[]? ParticipantIds);

internal static class GroupsApi
{
    public static void MapGroupsApi(this RouteGroupBuilder session)
    {
        session.MapGet("/groups", ReadAsync).Produces<GroupsBody>()
            .WithSummary("Returns the groups of a session and who is in them (mentor, administrators).");
        session.MapPut("/groups", SaveAsync).ProducesProblem(404)
            .WithSummary("Replaces the groups of a group session (mentor, administrators), until it is over. The meeting tool's breakout rooms are created when the mentor opens them.");
    }

    private static async Task<IResult> ReadAsync(
        Guid id, Caller caller, SessionQueries queries, BreakoutGroups groups, SessionPolicy policy, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (outcome, session) = await queries.FindAsync(id, caller, cancellationToken);
        if (session is null)
            return Problems.Of(outcome);
        if (!SessionRights.Of(session, caller, clock.GetUtcNow(), policy).IsMentor)
            return Problems.Of(SessionOutcome.NotAllowed);
        return Results.Ok(new GroupsBody([.. (await groups.OfAsync(session, cancellationToken))
            .Select(g => new GroupItem(g.Group.Name, [.. g.People.Select(p => p.Id)]))]));
    }

    private static async Task<IResult> SaveAsync(
        Guid id, GroupsBody body, Caller caller, BreakoutGroups groups, CancellationToken cancellationToken) =>
        Problems.Answer(await groups.SaveAsync(id, body.Wanted(), caller, cancellationToken));
}
