using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Portal.Calendar;

/// <summary>A zone as a calendar tells it (RFC 5545 §3.6.5).</summary>
internal static class CalendarZone
{
    private static readonly LocalDateTime Earliest = new(1970, 1, 1, 0, 0);

    /// <summary>
    /// With every change of its clocks that is known between two moments, and the one before: what the rules really say,
    /// not one rule that a year was guessed from. Ramadan moves Cairo's and Casablanca's.
    /// </summary>
    public static CalendarWriter Zone(this CalendarWriter calendar, DateTimeZone zone, Instant from, Instant to)
    {
        calendar.Begin("VTIMEZONE").Line("TZID", zone.Id).Line("X-LIC-LOCATION", zone.Id);
        foreach (var interval in zone.GetZoneIntervals(from, to))
            Write(calendar, zone, interval);
        return calendar.End("VTIMEZONE");
    }

    private static void Write(CalendarWriter calendar, DateTimeZone zone, ZoneInterval interval)
    {
        var component = interval.Savings > Offset.Zero ? "DAYLIGHT" : "STANDARD";
        var before = interval.HasStart ? zone.GetUtcOffset(interval.Start - Duration.Epsilon) : interval.WallOffset;
        // The change is told by the clock that it ends.
        var onset = interval.HasStart ? interval.Start.WithOffset(before).LocalDateTime : Earliest;
        if (onset < Earliest)
            (onset, before) = (Earliest, interval.WallOffset);
        calendar.Begin(component)
            .Local("DTSTART", onset)
            .Line("TZOFFSETFROM", Text(before))
            .Line("TZOFFSETTO", Text(interval.WallOffset))
            .Text("TZNAME", interval.Name)
            .End(component);
    }

    private static string Text(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:00}{seconds / 60 % 60:00}");
        return seconds % 60 == 0 ? text : text + (seconds % 60).ToString("00", CultureInfo.InvariantCulture);
    }
}
