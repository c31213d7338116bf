using System.Globalization;
using NodaTime;

namespace Tests.Support;

/// <summary>What a zone's clocks show, and when they are set: the next time after the anchor.</summary>
internal static class ClockChanges
{
    /// <summary>When clocks go ahead: an hour of that day does not exist.</summary>
    public static DateTimeOffset Ahead(string zone) => After(zone, (before, after) => after > before);

    /// <summary>When clocks go back: an hour of that day comes twice.</summary>
    public static DateTimeOffset Back(string zone) => After(zone, (before, after) => after < before);

    /// <summary>What clocks in a zone show then.</summary>
    public static string Wall(string zone, DateTimeOffset at) =>
        Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zone]).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset After(string zone, Func<Offset, Offset, bool> isMeant)
    {
        var rules = DateTimeZoneProviders.Tzdb[zone];
        var interval = rules.GetZoneInterval(Instant.FromDateTimeOffset(TestClock.Anchor));
        while (true)
        {
            var next = rules.GetZoneInterval(interval.End);
            if (isMeant(interval.WallOffset, next.WallOffset))
                return interval.End.ToDateTimeOffset();
            interval = next;
        }
    }
}
