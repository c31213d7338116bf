using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>
/// The groups that the mentor sends people into. A plain form: each group is a line with a name, each person chooses one by its number.
/// </summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class GroupsModel(BreakoutGroups groups, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    /// <summary>Empty lines beyond those that are filled in; after saving there are as many anew.</summary>
    private const int Spare = 3;

    /// <summary>By the groups' numbers, from 1; "" for a line that is not used.</summary>
    public IReadOnlyList<string> GroupNames { get; private set; } = [];

    /// <summary>Which group each person is in; null for none.</summary>
    public IReadOnlyDictionary<Guid, int?> Chosen { get; private set; } = new Dictionary<Guid, int?>();

    public IReadOnlyList<SessionParticipant> People { get; private set; } = [];

    public override SessionOutcome Right => Rights.Group.IsAllowed() && !groups.IsPossible(Session) ? SessionOutcome.TooLate : Rights.Group;

    public static string FieldOf(SessionParticipant person) => $"group-{person.Id}";

    /// <summary>What each number is called in the lists.</summary>
    public string Label(int number) => GroupNames[number - 1] is { Length: > 0 } name
        ? UiText.GroupsNumbered.With(number, name) : UiText.GroupsNumber.With(number);

    public async Task<IActionResult> OnPostAsync(Guid id, string?[]? name, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        if (!Right.IsAllowed())
            return await AfterAsync(id, Right, cancellationToken);
        var names = (name ?? []).Take(BreakoutGroup.MaxGroups + 1).Select(FreeText.OneLine).ToList();
        // One field for each person there is: what else was sent is nobody's.
        var chosen = People.ToDictionary(p => p.Id, p => int.TryParse(Request.Form[FieldOf(p)], NumberStyles.None,
            CultureInfo.InvariantCulture, out var n) && n > 0 && n <= names.Count ? n : (int?)null);
        var wrong = Check(names, chosen);
        if (wrong is null)
        {
            var wanted = names.Select((n, i) => (Name: n, Number: i + 1)).Where(g => g.Name.Length > 0)
                .Select(g => new WantedGroup(g.Name, [.. chosen.Where(c => c.Value == g.Number).Select(c => c.Key)])).ToList();
            wrong = BreakoutGroups.Check(wanted);
            if (wrong is null)
                return await AfterAsync(id, await groups.SaveAsync(id, wanted, Caller, cancellationToken), cancellationToken,
                    _ => UiText.GroupsSaved);
        }
        ModelState.Clear();
        ModelState.AddModelError("", wrong);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        (GroupNames, Chosen) = (Lines(names), chosen);
        return Page();
    }

    /// <summary>People in a line without a name, and names that do not fit.</summary>
    private static string? Check(List<string> names, Dictionary<Guid, int?> chosen) =>
        chosen.Values.Any(n => n is { } number && names[number - 1].Length == 0) ? ErrorText.GroupsUnnamed
            : names.Where(n => n.Length > 0).Select(SessionRules.GroupName).FirstOrDefault(p => p is not null);

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken)
    {
        var found = await groups.OfAsync(Session, cancellationToken);
        People = [.. BreakoutGroups.Assignable(Session).OrderBy(p => p.Role).ThenBy(p => p.Name)];
        GroupNames = Lines([.. found.Select(g => g.Group.Name)]);
        Chosen = People.ToDictionary(p => p.Id, p => (int?)p.GroupNumber);
    }

    private static List<string> Lines(IReadOnlyList<string> used) =>
        [.. used, .. Enumerable.Repeat("", Math.Clamp(BreakoutGroup.MaxGroups - used.Count, 0, Spare))];
}
