using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Reminders;

/// <summary>
/// Reminds people of their sessions. A sweep covers the time since the last one: where that ended is a checkpoint, and it moves in
/// the transaction that queues the mails. So two portals cannot both sweep one minute, and a crash leaves it to be swept again.
/// </summary>
public sealed class ReminderService(PortalDbContext db, Outbox outbox, IOptions<ReminderOptions> options, TimeProvider clock)
{
    public const string Checkpoint = "reminders";
    private const int SessionsAtOnce = 1000;
    private static readonly TimeSpan LongSweep = TimeSpan.FromMinutes(10);

    /// <summary>Queues what has fallen due since the last sweep; answers how many mails.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ReadCheckpointAsync(cancellationToken) is not { } after)
        {
            await BeginAsync(now, cancellationToken);
            return 0;
        }
        db.Database.SetCommandTimeout(LongSweep); // another portal may be in the middle of a long sweep
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await MoveCheckpointAsync(after, now, cancellationToken))
            return 0;
        // A clock that was set back: the sweep begins anew from here. What was queued already has its key.
        var queued = after < now ? await QueueAsync(after, now, cancellationToken) : 0;
        await transaction.CommitAsync(cancellationToken);
        return queued;
    }

    private async Task<int> QueueAsync(DateTimeOffset after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var installation = options.Value.MinutesBefore;
        var queued = 0;
        // What somebody has chosen is sent, whether it can still be chosen or not.
        var chosen = await db.Users.Where(u => u.Reminders != null && u.Reminders != "").Select(u => u.Reminders!).Distinct()
            .ToListAsync(cancellationToken);
        var all = chosen.SelectMany(ReminderRules.Read).Union(installation);
        foreach (var range in Joined(all.Select(m => (after.AddMinutes(m), now.AddMinutes(m)))))
        {
            var (start, id) = (range.After, Guid.Empty);
            while (await ReadAsync(start, id, range.Until, now, cancellationToken) is { Count: > 0 } sessions)
            {
                queued += await QueueAsync(sessions, installation, after, now, cancellationToken);
                (start, id) = (sessions[^1].StartUtc, sessions[^1].Id);
            }
        }
        return queued;
    }

    private async Task<List<MentoringSession>> ReadAsync(
        DateTimeOffset start, Guid id, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sessions = await db.Sessions.AsNoTracking().Include(s => s.Participants)
            .Where(s => s.State == SessionState.Confirmed && s.StartUtc > now && s.StartUtc <= until
                && s.StartUtc >= start // for the index: else each batch reads all before it again
                && (s.StartUtc > start || s.StartUtc == start && id != Guid.Empty && s.Id.CompareTo(id) > 0))
            .OrderBy(s => s.StartUtc).ThenBy(s => s.Id).Take(SessionsAtOnce).ToListAsync(cancellationToken);
        await AddPeopleAsync(sessions, cancellationToken);
        return sessions;
    }

    // Each account once and only what mails need of it: joined to every seat, accounts took more time than all the rest.
    private async Task AddPeopleAsync(List<MentoringSession> sessions, CancellationToken cancellationToken)
    {
        var seats = sessions.SelectMany(s => s.Participants).Where(p => p.UserId is not null).ToLookup(p => p.UserId!.Value);
        var ids = seats.Select(s => s.Key).ToList();
        var people = await db.Users.Where(u => ids.Contains(u.Id)).Select(u => new PortalUser
        {
            Id = u.Id,
            DisplayName = u.DisplayName,
            Email = u.Email,
            Language = u.Language,
            TimeZone = u.TimeZone,
            Reminders = u.Reminders,
            DeletedUtc = u.DeletedUtc,
        }).ToListAsync(cancellationToken);
        foreach (var person in people)
        {
            foreach (var seat in seats[person.Id])
                seat.User = person;
        }
    }

    private async Task<int> QueueAsync(
        List<MentoringSession> sessions, int[] installation, DateTimeOffset after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mails = new List<OutboxMessage>();
        foreach (var session in sessions)
        {
            foreach (var person in session.Participants.Where(p => p.IsIn && p.Email.Length > 0 && p.User?.DeletedUtc is null
                && p.RemindersOffUtc is null && !AccessEnd.IsOver(p.AccessUntilUtc, session.StartUtc, now)))
            {
                var minutes = ReminderRules.Of(person.User?.Reminders, installation);
                if (ReminderRules.Due(minutes, session.StartUtc, session.TimeSetUtc, after, now) is { } before)
                    mails.Add(outbox.Make(new SessionReminder(SessionFacts.For(session, person)), person.ToRecipient(),
                    Occasion(session, before)));
            }
        }
        return await db.QueueMailsAsync(mails, cancellationToken);
    }

    /// <summary>Of stretches of time, those that overlap as one: so no session is looked at twice.</summary>
    internal static List<(DateTimeOffset After, DateTimeOffset Until)> Joined(
        IEnumerable<(DateTimeOffset After, DateTimeOffset Until)> ranges)
    {
        var joined = new List<(DateTimeOffset After, DateTimeOffset Until)>();
        foreach (var range in ranges.OrderBy(r => r.After))
        {
            if (joined.Count > 0 && range.After <= joined[^1].Until)
                joined[^1] = (joined[^1].After, range.Until);
            else
                joined.Add(range);
        }
        return joined;
    }

    private Task<DateTimeOffset?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        db.JobCheckpoints.Where(c => c.Name == Checkpoint).Select(c => (DateTimeOffset?)c.ReachedUtc)
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>The very first sweep: what was due before the portal knew of reminders is not made up for.</summary>
    private async Task BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.JobCheckpoints.Add(new() { Name = Checkpoint, ReachedUtc = now });
        await db.TrySaveAsync(cancellationToken); // another portal was first
    }

    /// <summary>False when another portal has swept this time; it waits for one that is about to.</summary>
    private async Task<bool> MoveCheckpointAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        await db.JobCheckpoints.Where(c => c.Name == Checkpoint && c.ReachedUtc == from)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ReachedUtc, to), cancellationToken) == 1;

    /// <summary>The same reminder of another time is another one.</summary>
    private static string Occasion(MentoringSession session, int minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"{session.StartUtc.UtcDateTime:yyyyMMddHHmm}:{minutes}");
}
