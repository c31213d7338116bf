using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Data;
using Portal.People;

namespace Portal.Sessions.Availability;

/// <summary>Mentors and their free times.</summary>
public sealed partial class MentorCalendar(PortalDbContext db, TimeProvider clock)
{
    /// <summary>A longer range is cut: a page of free times is never longer, and a program should ask again.</summary>
    public static readonly TimeSpan MaxRange = TimeSpan.FromDays(62);

    /// <summary>With everything that free times are made from. Null for somebody who is not, or no longer, a mentor.</summary>
    public Task<MentorProfile?> FindAsync(Guid mentorId, CancellationToken cancellationToken) =>
        WithRules(Bookable()).Include(m => m.Kinds).FirstOrDefaultAsync(m => m.UserId == mentorId, cancellationToken);

    /// <param name="mentor">From <see cref="FindAsync"/>.</param>
    /// <param name="rules">The mentor's, for a kind of session or a session's own length.</param>
    /// <param name="from">The first start that counts.</param>
    /// <param name="to">No start that is so late counts.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="except">A session that is to move: its own time is free for it.</param>
    public async Task<List<Slot>> FreeAsync(
        MentorProfile mentor, SlotRules rules, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken,
        Guid? except = null)
    {
        var now = clock.GetUtcNow();
        from = from < now ? now : from;
        // The latest instant first: adding to a far date would run over the end of the calendar.
        to = to - from > MaxRange ? from + MaxRange : to;
        if (from >= to || from > now.AddDays(rules.HorizonDays))
            return [];
        var taken = (await TakenAsync([mentor], from, EndOf(to, rules), except, cancellationToken))[mentor.UserId];
        return FreeSlots.Free(rules, taken, from, to, now).ToList();
    }

    /// <summary>
    /// The slot that the mentor offers at exactly this time; null when there is none, or the mentor's own calendar is taken.
    /// Sessions are not looked at: their ticks decide when the booking is saved.
    /// </summary>
    public async Task<Slot?> OfferedAtAsync(
        MentorProfile mentor, SlotRules rules, DateTimeOffset start, CancellationToken cancellationToken, Guid? except = null)
    {
        if (!BusyTick.IsAligned(start))
            return null;
        var own = await BusyTimesAsync([mentor.UserId], start, EndOf(start, rules), cancellationToken);
        var days = await SessionsPerDayAsync([mentor], start, start, except, cancellationToken);
        var taken = new Taken(own[mentor.UserId].SelectMany(b => TicksOf(b, start, EndOf(start, rules))).ToHashSet(), days[mentor.UserId]);
        // Of a list, since "none" would be a slot at the beginning of time.
        return FreeSlots.Free(rules, taken, start, start.AddTicks(1), clock.GetUtcNow()).Take(1).Select(slot => (Slot?)slot)
            .FirstOrDefault();
    }

    /// <summary>The free times nearest to one that was just lost, in their order.</summary>
    public async Task<List<Slot>> NextFreeAsync(
        MentorProfile mentor, SlotRules rules, DateTimeOffset after, int max, CancellationToken cancellationToken, Guid? except = null)
    {
        var start = after.AddHours(-12);
        var free = await FreeAsync(mentor, rules, start, start + MaxRange, cancellationToken, except);
        // Beyond what the mentor offers nothing is near; the first free times are better than none.
        if (free.Count == 0)
            free = await FreeAsync(mentor, rules, clock.GetUtcNow(), clock.GetUtcNow() + MaxRange, cancellationToken, except);
        return [.. free.OrderBy(slot => (slot.Start - after).Duration()).Take(max).OrderBy(slot => slot.Start)];
    }

    /// <summary>
    /// The first time for an ordinary session of each of these mentors, as far as there is one; in a handful of queries for all of them.
    /// </summary>
    public async Task<Dictionary<Guid, Slot>> FirstFreeAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (first, waiting) = (new Dictionary<Guid, Slot>(), ids);
        // Most mentors have something soon: what is taken in weeks to come is read for the others only.
        var reach = TimeSpan.Zero;
        foreach (var until in new[] { TimeSpan.FromDays(4), MaxRange })
        {
            if (waiting.Count == 0)
                break;
            var mentors = await WithRules(db.MentorProfiles.Where(m => waiting.Contains(m.UserId) && !m.IsPaused))
                .ToListAsync(cancellationToken);
            var (from, to) = (now + reach, now + until);
            var taken = await TakenAsync(mentors, from, to.AddMinutes(SlotRules.MaxMinutes), null, cancellationToken);
            foreach (var mentor in mentors)
                foreach (var slot in FreeSlots.Free(RulesOf(mentor), taken[mentor.UserId], from, to, now).Take(1))
                    first[mentor.UserId] = slot;
            (waiting, reach) = ([.. waiting.Where(id => !first.ContainsKey(id))], until);
        }
        return first;
    }

    /// <summary>The rules for a kind of session; for an ordinary one when it is null.</summary>
    public static SlotRules RulesOf(MentorProfile mentor, SessionKind? kind = null) => new(
        DateTimeZoneProviders.Tzdb[mentor.User.TimeZone], mentor.Hours, kind?.Minutes ?? mentor.SessionMinutes, mentor.BufferMinutes,
        mentor.NoticeMinutes, mentor.HorizonDays)
    {
        SpecialDays = mentor.SpecialDays,
        MaxPerDay = mentor.MaxPerDay,
        IsPaused = mentor.IsPaused || kind?.IsRetired == true,
    };

    /// <summary>The rules for a session that exists: its own length, whatever the mentor offers by now.</summary>
    public static SlotRules RulesOf(MentorProfile mentor, MentoringSession session) =>
        RulesOf(mentor) with { SessionMinutes = session.LengthMinutes };

    private IQueryable<MentorProfile> WithRules(IQueryable<MentorProfile> mentors)
    {
        // The mentor's date may differ from the date in UTC by one; what is past matters to nobody.
        var first = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        return mentors.Include(m => m.User).Include(m => m.Hours).Include(m => m.SpecialDays.Where(d => d.Date >= first))
            .AsSplitQuery().AsNoTracking();
    }

    /// <summary>Everyone who is a mentor now.</summary>
    public IQueryable<MentorProfile> Bookable() => db.MentorProfiles.Where(m =>
        db.UserRoles.Any(r => r.UserId == m.UserId && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Mentor)));
}
