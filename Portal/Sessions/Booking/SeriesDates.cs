using NodaTime;

namespace Portal.Sessions.Booking;

/// <summary>The dates of a series: the same wall clock in the mentor's zone, whatever the clocks do in between.</summary>
public static class SeriesDates
{
    /// <summary>From the first start on, every so many weeks.</summary>
    /// <returns>In UTC. Null where a spring night leaves the wall clock out.</returns>
    public static IReadOnlyList<DateTimeOffset?> From(DateTimeOffset first, DateTimeZone zone, int everyWeeks, int count)
    {
        var local = Instant.FromDateTimeOffset(first).InZone(zone).LocalDateTime;
        return [.. Enumerable.Range(0, count).Select(i => i == 0 ? first.ToUniversalTime() : At(local.PlusWeeks(i * everyWeeks), zone))];
    }

    /// <summary>
    /// Where sessions go when the first of them moves to a new start: by the same number of days, and to the same wall clock.
    /// A wall clock that a spring night leaves out is the first moment after it.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> Shifted(IReadOnlyList<MentoringSession> sessions, DateTimeOffset newStart)
    {
        var zone = DateTimeZoneProviders.Tzdb[sessions[0].TimeZone];
        var oldLocal = LocalDateTime.FromDateTime(sessions[0].LocalStart);
        var newLocal = Instant.FromDateTimeOffset(newStart).InZone(zone).LocalDateTime;
        var days = Period.Between(oldLocal.Date, newLocal.Date, PeriodUnits.Days).Days;
        return
        [
            newStart.ToUniversalTime(),
            .. sessions.Skip(1).Select(s =>
                zone.AtLeniently(LocalDateTime.FromDateTime(s.LocalStart).Date.PlusDays(days) + newLocal.TimeOfDay)
                .ToDateTimeOffset().ToUniversalTime()),
        ];
    }

    private static DateTimeOffset? At(LocalDateTime local, DateTimeZone zone)
    {
        // One that an autumn night shows twice counts the first time, as free times do.
        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? null : mapping.First().ToDateTimeOffset().ToUniversalTime();
    }
}
