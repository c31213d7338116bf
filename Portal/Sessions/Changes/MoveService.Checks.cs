using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Availability;

namespace Portal.Sessions.Changes;

/// <summary>What stands against new times, named date by date.</summary>
public sealed partial class MoveService
{
    /// <summary>Those targets that this caller cannot choose.</summary>
    private async Task<List<DateTimeOffset>> NotOfferedAsync(
        IReadOnlyList<MentoringSession> series, IReadOnlyList<DateTimeOffset> targets, MentorProfile mentor, bool isMentor,
        CancellationToken cancellationToken)
    {
        var (now, wrong) = (clock.GetUtcNow(), new List<DateTimeOffset>());
        for (var i = 0; i < series.Count; i++)
        {
            var rules = MentorCalendar.RulesOf(mentor, series[i]);
            // As when a series is booked: the mentor's horizon is for the first of them.
            if (i > 0)
                rules = rules with { HorizonDays = rules.HorizonDays + (int)(targets[i] - targets[0]).TotalDays + 1 };
            if (!BusyTick.IsAligned(targets[i]) || targets[i] <= now || i == 0 && targets[i] > now + FarthestMove
                || !isMentor && await calendar.OfferedAtAsync(mentor, rules, targets[i], cancellationToken, series[i].Id) is null)
                wrong.Add(targets[i]);
        }
        return wrong;
    }

    /// <summary>Those targets at which somebody in the session is elsewhere.</summary>
    private async Task<List<DateTimeOffset>> TakenAsync(
        IReadOnlyList<MentoringSession> series, IReadOnlyList<DateTimeOffset> targets, CancellationToken cancellationToken)
    {
        var own = series.Select(s => s.Id).ToList();
        var taken = new List<DateTimeOffset>();
        for (var i = 0; i < series.Count; i++)
        {
            var people = series[i].Participants.Where(p => p.HoldsTime).Select(p => p.UserId!.Value).ToList();
            long first = BusyTick.At(targets[i]), last = BusyTick.At(targets[i].AddMinutes(series[i].LengthMinutes).AddTicks(-1));
            if (await db.BusyTicks.AnyAsync(t => people.Contains(t.UserId) && !own.Contains(t.SessionId) && t.Tick >= first
                && t.Tick <= last, cancellationToken))
                taken.Add(targets[i]);
        }
        return taken;
    }
}
