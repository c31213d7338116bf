using Localization;
using Portal.Pages.Shared;

namespace Portal.Pages.Sessions;

/// <summary>Sessions ahead by how near they are, each series folded into its next session; a pure function.</summary>
public static class SessionGroups
{
    private const int Week = 7;

    /// <param name="rows">In order, each with its reader's zone, in which days begin and end.</param>
    /// <param name="now">Today is the day that it is in that zone.</param>
    public static IEnumerable<(string Title, IReadOnlyList<SessionRows> Rows)> Of(
        IEnumerable<(SessionRow Row, string Zone)> rows, DateTimeOffset now)
    {
        var all = rows.ToList();
        var later = all.Where(r => r.Row.SeriesId is not null).GroupBy(r => r.Row.SeriesId)
            .ToDictionary(g => g.First().Row, g => g.Skip(1).Select(r => r.Row).ToList());
        var folded = later.Values.SelectMany(l => l).ToHashSet();
        return all.Where(r => !folded.Contains(r.Row))
            .GroupBy(r => Nearness((SessionTime.Date(r.Row.Start, r.Zone) - SessionTime.Date(now, r.Zone)).Days)).OrderBy(g => g.Key)
            .Select(g => (Title(g.Key), (IReadOnlyList<SessionRows>)[.. g.Select(r =>
                new SessionRows(r.Row, later.GetValueOrDefault(r.Row) ?? []))]));
    }

    private static int Nearness(int days) => days <= 0 ? 0 : days < Week ? 1 : 2;

    private static string Title(int nearness) => nearness switch
    {
        0 => UiText.SessionsToday,
        1 => UiText.SessionsThisWeek,
        _ => UiText.SessionsLater,
    };
}
