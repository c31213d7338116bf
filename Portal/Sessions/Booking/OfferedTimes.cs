using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Sessions.Availability;

namespace Portal.Sessions.Booking;

/// <summary>A time that can be taken; in a group with the seats that are left.</summary>
/// <param name="Slot">From when to when.</param>
/// <param name="Seats">Null outside of groups; 0 leads to the waiting list.</param>
public sealed record BookableSlot(Slot Slot, int? Seats = null);

/// <summary>What a mentee can choose from: a mentor's free times, and groups that have begun to fill.</summary>
public sealed class OfferedTimes(PortalDbContext db, MentorCalendar calendar, TimeProvider clock)
{
    /// <summary>Those that start in [from, to), in order.</summary>
    public async Task<List<BookableSlot>> ListAsync(
        MentorProfile mentor, SessionKind? kind, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var free = await calendar.FreeAsync(mentor, MentorCalendar.RulesOf(mentor, kind), from, to, cancellationToken);
        if (kind is not { Capacity: > 1 })
            return [.. free.Select(slot => new BookableSlot(slot))];
        var groups = await GroupsAsync(kind, from, to, cancellationToken);
        return
        [
            .. free.Select(slot => new BookableSlot(slot, kind.Capacity))
                .Concat(groups.Select(g => new BookableSlot(new(g.StartUtc, g.EndUtc), SeatsLeft(g))))
                .OrderBy(s => s.Slot.Start),
        ];
    }

    /// <summary>Seats left in the group that begins then; all of them where nobody has opened it yet.</summary>
    public async Task<int> SeatsAtAsync(SessionKind kind, DateTimeOffset start, CancellationToken cancellationToken) =>
        (await GroupsAsync(kind, start, start.AddMinutes(1), cancellationToken)).FirstOrDefault() is { } group
            ? SeatsLeft(group) : kind.Capacity;

    private static int SeatsLeft(MentoringSession group) => Math.Max(0, group.Capacity - group.SeatsTaken);

    private Task<List<MentoringSession>> GroupsAsync(
        SessionKind kind, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        db.Sessions.AsNoTracking().Include(s => s.Participants)
            .Where(s => s.KindId == kind.Id && s.State == SessionState.Confirmed)
            .Where(s => s.StartUtc >= from && s.StartUtc < to && s.StartUtc > clock.GetUtcNow())
            .OrderBy(s => s.StartUtc).ToListAsync(cancellationToken);
}
