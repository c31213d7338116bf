using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions.Mails;
using Portal.Settings;

namespace Portal.Sessions.Reminders;

/// <summary>
/// Reminds people of their sessions. A sweep covers the time since the last one: where that ended is a setting, and it moves in
/// the transaction that queues the mails. So two portals cannot both sweep one minute, and a crash leaves it to be swept again.
/// </summary>
public sealed class ReminderService(PortalDbContext db, Outbox outbox, IOptions<ReminderOptions> options, TimeProvider clock)
{
    public const string Cursor = "reminders:swept-until";
    private const int SessionsAtOnce = 1000;
    private static readonly TimeSpan LongSweep = TimeSpan.FromMinutes(10);

    /// <summary>Queues what has fallen due since the last sweep; answers how many mails.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ReadCursorAsync(cancellationToken) is not { } cursor)
        {
            await BeginAsync(now, cancellationToken);
            return 0;
        }
        var after = Parse(cursor);
        db.Database.SetCommandTimeout(LongSweep); // another portal may be in the middle of a long sweep
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await MoveCursorAsync(cursor, now, cancellationToken))
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
        foreach (var range in Joined(installation.Union(ReminderRules.Choices).Select(m => (after.AddMinutes(m), now.AddMinutes(m)))))
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

    private Task<List<MentoringSession>> ReadAsync(DateTimeOffset start, Guid id, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Sessions.AsNoTrackingWithIdentityResolution().Include(s => s.Participants).ThenInclude(p => p.User)
            .Where(s => s.State == SessionState.Confirmed && s.StartUtc > now && s.StartUtc <= until
                && s.StartUtc >= start // for the index: else each batch reads all before it again
                && (s.StartUtc > start || s.StartUtc == start && id != Guid.Empty && s.Id.CompareTo(id) > 0))
            .OrderBy(s => s.StartUtc).ThenBy(s => s.Id).Take(SessionsAtOnce).ToListAsync(cancellationToken);

    private async Task<int> QueueAsync(
        List<MentoringSession> sessions, int[] installation, DateTimeOffset after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var silent = await GuestsWhoWantNoneAsync(sessions, cancellationToken);
        var mails = new Dictionary<string, (SessionReminder Mail, SessionParticipant Person)>();
        foreach (var session in sessions)
        {
            foreach (var person in session.Participants.Where(p => p.IsIn && p.Email.Length > 0 && p.User?.DeletedUtc is null && !silent.Contains(p.Id)))
            {
                var minutes = ReminderRules.Of(person.User?.Reminders, installation);
                if (ReminderRules.Due(minutes, session.StartUtc, session.TimeSetUtc, after, now) is { } before)
                    mails.Add(KeyOf(person, session.StartUtc, before), (new(SessionFacts.For(session, person)), person));
            }
        }
        // There are some only where the clock was set back.
        var keys = mails.Keys.ToList();
        foreach (var key in await db.Outbox.Where(m => keys.Contains(m.Key)).Select(m => m.Key).ToListAsync(cancellationToken))
            mails.Remove(key);
        foreach (var (key, (mail, person)) in mails)
            outbox.AddWithKey(mail, person, key);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear(); // a sweep may be long; it holds one batch at a time
        return mails.Count;
    }

    /// <summary>Of stretches of time, those that overlap as one: so no session is looked at twice.</summary>
    internal static List<(DateTimeOffset After, DateTimeOffset Until)> Joined(IEnumerable<(DateTimeOffset After, DateTimeOffset Until)> ranges)
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

    private async Task<HashSet<Guid>> GuestsWhoWantNoneAsync(List<MentoringSession> sessions, CancellationToken cancellationToken)
    {
        var guests = sessions.SelectMany(s => s.Participants).Where(p => p.UserId is null).ToDictionary(p => ReminderChoices.GuestKey(p.Id), p => p.Id);
        if (guests.Count == 0)
            return [];
        var keys = guests.Keys.ToList();
        var off = await db.Settings.Where(s => keys.Contains(s.Key)).Select(s => s.Key).ToListAsync(cancellationToken);
        return [.. off.Select(key => guests[key])];
    }

    private Task<string?> ReadCursorAsync(CancellationToken cancellationToken) =>
        db.Settings.Where(s => s.Key == Cursor).Select(s => s.Value).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The very first sweep: what was due before the portal knew of reminders is not made up for.</summary>
    private async Task BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.Settings.Add(new Setting { Key = Cursor, Value = Write(now), ChangedUtc = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is DbException inner && db.IsDuplicateKey(inner))
        {
            db.ChangeTracker.Clear(); // another portal was first
        }
    }

    /// <summary>False when another portal has swept this time; it waits for one that is about to.</summary>
    private async Task<bool> MoveCursorAsync(string from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var value = Write(to);
        return await db.Settings.Where(s => s.Key == Cursor && s.Value == from)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, value).SetProperty(s => s.ChangedUtc, to), cancellationToken) == 1;
    }

    private static string KeyOf(SessionParticipant person, DateTimeOffset start, int minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"{nameof(SessionReminder)}:{person.SessionId:N}:{person.Id:N}:{start.UtcDateTime:yyyyMMddHHmm}:{minutes}");

    private static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string cursor) => DateTimeOffset.Parse(cursor, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
