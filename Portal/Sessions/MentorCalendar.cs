using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Data;
using Portal.People;

namespace Portal.Sessions;

/// <summary>A mentor as people who book see one.</summary>
public sealed record MentorCard(Guid Id, string Name, string TimeZone, int SessionMinutes);

/// <summary>Mentors and their free times.</summary>
public sealed class MentorCalendar(PortalDbContext db, TimeProvider clock)
{
    /// <summary>A longer range is cut: a page of free times is never longer, and a program should ask again.</summary>
    public static readonly TimeSpan LongestRange = TimeSpan.FromDays(62);

    public Task<List<MentorCard>> MentorsAsync(CancellationToken cancellationToken) =>
        Bookable().OrderBy(m => m.User.DisplayName).ThenBy(m => m.UserId)
            .Select(m => new MentorCard(m.UserId, m.User.DisplayName, m.User.TimeZone, m.SessionMinutes))
            .ToListAsync(cancellationToken);

    /// <summary>Null for somebody who is not, or no longer, a mentor.</summary>
    public Task<MentorProfile?> FindAsync(Guid mentorId, CancellationToken cancellationToken) =>
        Bookable().Include(m => m.User).Include(m => m.Hours).AsNoTracking()
            .FirstOrDefaultAsync(m => m.UserId == mentorId, cancellationToken);

    public async Task<List<Slot>> FreeAsync(MentorProfile mentor, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        from = from < now ? now : from;
        // The latest instant first: adding to a far date would run over the end of the calendar.
        to = to - from > LongestRange ? from + LongestRange : to;
        if (from >= to || from > now.AddDays(mentor.HorizonDays))
            return [];
        var busy = await BusyAsync(mentor.UserId, from, to.AddMinutes(mentor.SessionMinutes + mentor.BufferMinutes), cancellationToken);
        return Availability.Free(RulesOf(mentor), busy, from, to, now).ToList();
    }

    /// <summary>The free times nearest to one that was just lost, in their order.</summary>
    public async Task<List<Slot>> NextFreeAsync(MentorProfile mentor, DateTimeOffset after, int most, CancellationToken cancellationToken)
    {
        var start = after.AddHours(-12);
        var free = await FreeAsync(mentor, start, start + LongestRange, cancellationToken);
        // Beyond what the mentor offers nothing is near; the first free times are better than none.
        if (free.Count == 0)
            free = await FreeAsync(mentor, clock.GetUtcNow(), clock.GetUtcNow() + LongestRange, cancellationToken);
        return [.. free.OrderBy(slot => (slot.Start - after).Duration()).Take(most).OrderBy(slot => slot.Start)];
    }

    public static SlotRules RulesOf(MentorProfile mentor) => new(
        DateTimeZoneProviders.Tzdb[mentor.User.TimeZone], mentor.Hours, mentor.SessionMinutes, mentor.BufferMinutes,
        mentor.NoticeMinutes, mentor.HorizonDays);

    private async Task<HashSet<long>> BusyAsync(Guid userId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        long first = BusyTick.At(from), last = BusyTick.At(to);
        return await db.BusyTicks.Where(t => t.UserId == userId && t.Tick >= first && t.Tick <= last)
            .Select(t => t.Tick).ToHashSetAsync(cancellationToken);
    }

    private IQueryable<MentorProfile> Bookable() => db.MentorProfiles.Where(m =>
        db.UserRoles.Any(r => r.UserId == m.UserId && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Mentor)));
}
