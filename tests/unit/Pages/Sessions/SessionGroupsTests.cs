using Portal.Pages.Sessions;
using Portal.Pages.Shared;
using Tests.Support;

namespace Tests.Pages.Sessions;

/// <summary>How the sessions in a list are told apart.</summary>
public sealed class SessionGroupsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 22, 30, 0, TimeSpan.Zero);

    private static (SessionRow, string) Row(int hours, string zone = "Etc/UTC", Guid? series = null) =>
        (new(Guid.NewGuid(), Now.AddHours(hours), "", "", $"{hours}", [], null, Tone.Plain) { SeriesId = series }, zone);

    private static string Shape(params (SessionRow, string)[] rows)
    {
        using var english = new Language("en");
        return string.Join("; ", SessionGroups.Of(rows, Now).Select(g =>
            $"{g.Title}: {string.Join(' ', g.Rows.Select(r => r.First.Topic + string.Concat(r.Others.Select(o => "+" + o.Topic))))}"));
    }

    [Fact]
    public void Days_are_those_of_the_readers_zone()
    {
        Assert.Equal("Today: 1; This week: 2 100; Later: 168", Shape(Row(1), Row(2), Row(100), Row(168)));
        // Two hours later it is tomorrow in Greenwich, and still today in New York.
        Assert.Equal("Today: 1 2; This week: 100", Shape(Row(1, "America/New_York"), Row(2, "America/New_York"), Row(100)));
    }

    [Fact]
    public void A_series_is_one_row_with_its_later_sessions_folded()
    {
        var series = Guid.NewGuid();
        Assert.Equal("Today: 1+169+337; This week: 24; Later: 200",
            Shape(Row(1, series: series), Row(24), Row(169, series: series), Row(200), Row(337, series: series)));
        Assert.Equal("", Shape());
    }
}
