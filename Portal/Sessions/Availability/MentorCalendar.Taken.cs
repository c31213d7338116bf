using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;

namespace Portal.Sessions.Availability;

/// <summary>What is taken of the time of one mentor, or of a page of them, in three queries.</summary>
public sealed partial class MentorCalendar
{
    private async Task<Dictionary<Guid, Taken>> TakenAsync(
        IReadOnlyCollection<MentorProfile> mentors, DateTimeOffset from, DateTimeOffset to, Guid? except,
        CancellationToken cancellationToken)
    {
        var ids = mentors.Select(m => m.UserId).ToList();
        long first = BusyTick.At(from), last = BusyTick.At(to);
        var sessions = (await db.BusyTicks.Where(t => ids.Contains(t.UserId) && t.Tick >= first && t.Tick <= last && t.SessionId != except)
            .Select(t => new { t.UserId, t.Tick }).ToListAsync(cancellationToken)).ToLookup(t => t.UserId, t => t.Tick);
        var own = await BusyTimesAsync(ids, from, to, cancellationToken);
        var days = await SessionsPerDayAsync(mentors, from, to, except, cancellationToken);
        return ids.ToDictionary(id => id, id => new Taken(
            sessions[id].Concat(own[id].SelectMany(b => TicksOf(b, from, to))).ToHashSet(), days[id]));
    }

    private async Task<ILookup<Guid, BusyTime>> BusyTimesAsync(
        List<Guid> ids, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (start, end) = (from.ToUniversalTime(), to.ToUniversalTime());
        return (await db.BusyTimes.AsNoTracking().Where(b => ids.Contains(b.MentorId) && b.EndUtc > start && b.StartUtc < end)
            .ToListAsync(cancellationToken)).ToLookup(b => b.MentorId);
    }

    /// <summary>Sessions by day of each mentor's zone, for mentors who limit them.</summary>
    private async Task<Dictionary<Guid, Dictionary<LocalDate, int>>> SessionsPerDayAsync(
        IReadOnlyCollection<MentorProfile> mentors, DateTimeOffset from, DateTimeOffset to, Guid? except,
        CancellationToken cancellationToken)
    {
        var limited = mentors.Where(m => m.MaxPerDay is not null).Select(m => m.UserId).ToList();
        if (limited.Count == 0)
            return mentors.ToDictionary(m => m.UserId, _ => new Dictionary<LocalDate, int>());
        // The days at both ends count whole, however far from Greenwich the mentor lives.
        var (start, end) = (from.ToUniversalTime().AddDays(-2), to.ToUniversalTime().AddDays(2));
        // What was held took its place in the day, too; what was cancelled or never confirmed did not.
        var sessions = (await db.Sessions.Where(s => limited.Contains(s.MentorId) && s.Id != except && s.StartUtc > start
            && s.StartUtc < end
                && s.State != SessionState.Cancelled && s.State != SessionState.Declined && s.State != SessionState.Expired)
            .Select(s => new { s.MentorId, s.StartUtc }).ToListAsync(cancellationToken)).ToLookup(s => s.MentorId, s => s.StartUtc);
        return mentors.ToDictionary(m => m.UserId, m => sessions[m.UserId]
            .GroupBy(at => Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[m.User.TimeZone]).Date)
            .ToDictionary(day => day.Key, day => day.Count()));
    }

    /// <summary>
    /// One booking after the other for a mentor who limits sessions a day: two that count in one moment would both see the
    /// last place. To be committed after the save; null where nothing is counted.
    /// </summary>
    public async Task<IDbContextTransaction?> TakeTurnAsync(MentorProfile mentor, CancellationToken cancellationToken)
    {
        if (mentor.MaxPerDay is null || db.Database.CurrentTransaction is not null)
            return null;
        var turn = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            // Changes nothing, but holds the row until the commit, on both engines.
            await db.MentorProfiles.Where(m => m.UserId == mentor.UserId)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsPaused, m => m.IsPaused), cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A time that begins or ends within a tick takes all of it. Only what lies in the range: an entry may last for years.
    /// </summary>
    private static IEnumerable<long> TicksOf(BusyTime time, DateTimeOffset from, DateTimeOffset to)
    {
        var (start, end) = (time.StartUtc > from ? time.StartUtc : from, time.EndUtc < to ? time.EndUtc : to);
        for (var tick = BusyTick.At(start); tick < BusyTick.At(end.AddMinutes(BusyTick.Minutes).AddTicks(-1)); tick++)
            yield return tick;
    }

    private static DateTimeOffset EndOf(DateTimeOffset start, SlotRules rules) =>
        start.AddMinutes(rules.SessionMinutes + rules.BufferMinutes);
}
