using System.Security.Cryptography;
using Localization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Portal.Calendar.Reading;
using Portal.Data;
using Portal.Sessions.Availability;

namespace Portal.Calendar;

/// <summary>Mentors' own calendars, by their addresses: when mentors are busy is read from them every quarter of an hour.</summary>
public sealed class BusyCalendars(
    PortalDbContext db, CalendarFetcher reader, IDataProtectionProvider protection, IStringLocalizer<ErrorText> texts, TimeProvider clock,
    ILogger<BusyCalendars> log)
{
    private const int AtOnce = 20;

    /// <summary>Mentors are told how many times were found in so many days.</summary>
    private const int DaysAhead = 30;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <summary>For understanding one; far more than the budget of its reader needs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>People who wait for a page go first: half of the cores are enough for calendars.</summary>
    private static readonly SemaphoreSlim Readers = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Calendar.BusyCalendars");

    /// <summary>
    /// The host alone: whoever knows the whole address reads the calendar. Null where none is set, "?" where it cannot be decrypted.
    /// </summary>
    public string? HostOf(MentorProfile mentor) =>
        mentor.BusyCalendarSecret is null ? null : Address(mentor.BusyCalendarSecret)?.IdnHost ?? "?";

    /// <summary>The stored problems in the reader's language.</summary>
    public string? Say(string? problems) => problems is null ? null : string.Join(' ', problems.Split(' ').Select(problem =>
    {
        var parts = problem.Split(':');
        if (parts.Length > 1 && int.TryParse(parts[1], out var count) && UiText.ResourceManager.GetString($"{parts[0]}_other") is not null)
            return Plural.Of(parts[0], count);
        return (texts[parts[0]] is { ResourceNotFound: false } found ? found.Value : ErrorText.CalendarUnreachable)
            .With(parts.ElementAtOrDefault(1));
    }));

    /// <summary>How many times of the days ahead are known to be taken.</summary>
    public Task<int> CountAheadAsync(Guid mentorId, CancellationToken cancellationToken)
    {
        var (now, end) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(DaysAhead));
        return db.BusyTimes.CountAsync(b => b.MentorId == mentorId && b.EndUtc > now && b.StartUtc < end, cancellationToken);
    }

    public Task SetAsync(Guid mentorId, Uri address, CancellationToken cancellationToken) =>
        StoreAsync(mentorId, protector.Protect(address.AbsoluteUri), cancellationToken);

    public Task RemoveAsync(Guid mentorId, CancellationToken cancellationToken) => StoreAsync(mentorId, null, cancellationToken);

    /// <summary>
    /// Reads those that are due, each claimed first so that several nodes do not read one twice. Answers how many there were.
    /// </summary>
    public async Task<int> ReadDueAsync(CancellationToken cancellationToken)
    {
        var (now, due) = (clock.GetUtcNow(), clock.GetUtcNow() - Every);
        var mentors = await db.MentorProfiles.AsNoTracking().Include(m => m.User)
            .Where(m => m.BusyCalendarSecret != null && (m.BusyCalendarReadUtc == null || m.BusyCalendarReadUtc <= due))
            .OrderBy(m => m.BusyCalendarReadUtc).Take(AtOnce).ToListAsync(cancellationToken);
        var claimed = new List<MentorProfile>();
        foreach (var mentor in mentors)
            if (await db.MentorProfiles.Where(m => m.UserId == mentor.UserId && m.BusyCalendarReadUtc == mentor.BusyCalendarReadUtc)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.BusyCalendarReadUtc, now), cancellationToken) > 0)
                claimed.Add(mentor);
        // The slow part side by side, what touches the database one by one, and each as soon as it is there.
        var reading = claimed.Select(async m => (Mentor: m, Read: await ReadAsync(m, now, cancellationToken))).ToList();
        await foreach (var one in Task.WhenEach(reading))
            await KeepAsync(one.Result.Mentor, one.Result.Read, cancellationToken);
        return claimed.Count;
    }

    /// <summary>Reads one at once, whether it is due or not.</summary>
    /// <returns>False where there is something to say about it.</returns>
    public async Task<bool> ReadNowAsync(Guid mentorId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.MentorProfiles.Where(m => m.UserId == mentorId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.BusyCalendarReadUtc, now), cancellationToken);
        var mentor = await db.MentorProfiles.AsNoTracking().Include(m => m.User).SingleAsync(m => m.UserId == mentorId, cancellationToken);
        var read = await ReadAsync(mentor, now, cancellationToken);
        await KeepAsync(mentor, read, cancellationToken);
        return read.Problem is null;
    }

    private async Task<BusyRead> ReadAsync(MentorProfile mentor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Address(mentor.BusyCalendarSecret!) is not { } address)
            return Failed(nameof(ErrorText.CalendarSecretGone));
        try
        {
            var answer = await reader.ReadAsync(address, cancellationToken);
            if (answer.Text is null)
                return Failed(answer.Problem!);
            return await UnderstandAsync(mentor, address, answer.Text, now, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One calendar that breaks the reading must not keep the others from being read. Neither address nor text is logged.
            log.LogError("The calendar of mentor {Mentor} could not be read: {Failure}", mentor.UserId, e.GetType().Name);
            return Failed(nameof(ErrorText.CalendarNotOne));
        }
    }

    private static async Task<BusyRead> UnderstandAsync(
        MentorProfile mentor, Uri address, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = Math.Max(DaysAhead, mentor.HorizonDays + 2);
        var (from, to) = (Instant.FromDateTimeOffset(now.AddDays(-1)), Instant.FromDateTimeOffset(now.AddDays(days)));
        var zone = DateTimeZoneProviders.Tzdb[mentor.User.TimeZone];
        await Readers.WaitAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            stop.CancelAfter(Limit);
            return await Task.Run(() => BusyIcs.Read(text, zone, from, to, stop.Token, OwnAddresses(mentor, address)), cancellationToken)
                ?? Failed(nameof(ErrorText.CalendarNotOne));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(nameof(ErrorText.CalendarTooHeavy));
        }
        finally
        {
            Readers.Release();
        }
    }

    /// <summary>The account's, and the one that a calendar's address names (Google's do).</summary>
    private static IEnumerable<string> OwnAddresses(MentorProfile mentor, Uri address) =>
        address.Segments.Select(s => Uri.UnescapeDataString(s.Trim('/'))).Where(s => s.Contains('@'))
            .Concat(mentor.User.Email is { } email ? [email] : []);

    /// <summary>The new times in place of the old ones; after a failure the old ones stay, and the reason is kept.</summary>
    private async Task KeepAsync(MentorProfile mentor, BusyRead read, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Only if it is the calendar still: the mentor may have changed the address while the old one was read.
        var same = await db.MentorProfiles.Where(m => m.UserId == mentor.UserId && m.BusyCalendarSecret == mentor.BusyCalendarSecret)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.BusyCalendarProblem, read.Problem), cancellationToken) > 0;
        // Half a calendar is better than none, and worse than what was whole.
        if (same && !read.IsFailed
            && !(read.IsCutOff && await db.BusyTimes.AnyAsync(b => b.MentorId == mentor.UserId, cancellationToken)))
        {
            await db.BusyTimes.Where(b => b.MentorId == mentor.UserId).ExecuteDeleteAsync(cancellationToken);
            db.BusyTimes.AddRange(read.Times.Select(t =>
                new BusyTime { MentorId = mentor.UserId, StartUtc = t.Start.ToDateTimeOffset(), EndUtc = t.End.ToDateTimeOffset() }));
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private async Task StoreAsync(Guid mentorId, string? secret, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.MentorProfiles.Where(m => m.UserId == mentorId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.BusyCalendarSecret, secret)
            .SetProperty(m => m.BusyCalendarReadUtc, (DateTimeOffset?)null).SetProperty(m => m.BusyCalendarProblem, (string?)null),
                cancellationToken);
        await db.BusyTimes.Where(b => b.MentorId == mentorId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private Uri? Address(string secret)
    {
        try
        {
            return new(protector.Unprotect(secret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static BusyRead Failed(string problem) => new([], problem) { IsFailed = true };
}
