using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Localization;

public sealed record TimeZoneChoice(string Id, string Text);

/// <summary>What a select box of time zones offers: one entry per place that the zone database knows, and UTC.</summary>
public static class TimeZoneChoices
{
    internal static readonly string[] Ids =
        [.. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(l => l.ZoneId).Distinct(StringComparer.Ordinal), "Etc/UTC"];

    /// <param name="language">Names and order follow it.</param>
    /// <param name="now">Decides which offset is shown, for offsets change with the season.</param>
    /// <param name="selected">Is offered even if the list would leave it out, so that saving a form does not change it.</param>
    public static IReadOnlyList<TimeZoneChoice> In(string language, DateTimeOffset now, string? selected = null)
    {
        var at = Instant.FromDateTimeOffset(now);
        var ids = selected is null || !ZoneNames.Exists(selected) ? Ids : Ids.Append(selected).Distinct(StringComparer.Ordinal);
        var order = CultureInfo.GetCultureInfo(language).CompareInfo;
        return [.. ids
            .Select(id => new TimeZoneChoice(id, Text(id, language, at)))
            .OrderBy(c => c.Text, Comparer<string>.Create((a, b) =>
                order.Compare(a, b, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols)))];
    }

    private static string Text(string id, string language, Instant at) =>
        ZoneNames.Canonical(id).StartsWith("Etc/", StringComparison.Ordinal)
            ? ZoneNames.City(id, language)
            : $"{ZoneNames.City(id, language)} ({ZoneNames.Offset(DateTimeZoneProviders.Tzdb[id].GetUtcOffset(at))})";
}
