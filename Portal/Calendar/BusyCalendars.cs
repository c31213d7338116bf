using System.Security.Cryptography;
using Localization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Portal.Data;
using Portal.Sessions.Availability;

namespace Portal.Calendar;

/// <summary>Mentors' own calendars, by their addresses: when mentors are busy is read from them every quarter of an hour.</summary>
public sealed class BusyCalendars(
    PortalDbContext db, CalendarFetcher reader, IDataProtectionProvider protection, IStringLocalizer<ErrorText> texts, TimeProvider clock,
    ILogger<BusyCalendars> log)
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Calendar.BusyCalendars");

    /// <summary>
    /// The host alone: whoever knows the whole address reads the calendar. Null where none is set, "?" where it cannot be decrypted.
    /// </summary>
    public string? HostOf(MentorProfile mentor) =>
        mentor.BusyCalendarSecret is null ? null : Address(mentor.BusyCalendarSecret)?.IdnHost ?? "?";

    /// <summary>The stored problem in the reader's language.</summary>
    public string? Say(string? problem)
    {
        if (problem is null)
            return null;
        var parts = problem.Split(':');
        var sentence = texts[parts[0]] is { ResourceNotFound: false } found ? found.Value : ErrorText.CalendarUnreachable;
        return sentence.With(parts.ElementAtOrDefault(1));
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
        // The slow part side by side, what touches the database one by one.
        var answers = await Task.WhenAll(claimed.Select(m => ReadAsync(m, now, cancellationToken)));
        foreach (var (mentor, read) in claimed.Zip(answers))
            await KeepAsync(mentor, read, cancellationToken);
        return claimed.Count;
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
            var (from, to) = (Instant.FromDateTimeOffset(now.AddDays(-1)), Instant.FromDateTimeOffset(now.AddDays(mentor.HorizonDays + 2)));
            var zone = DateTimeZoneProviders.Tzdb[mentor.User.TimeZone];
            return await Task.Run(() => BusyIcs.Read(answer.Text, zone, from, to, cancellationToken), cancellationToken)
                ?? Failed(nameof(ErrorText.CalendarNotOne));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One calendar that breaks the reading must not keep the others from being read. Neither address nor text is logged.
            log.LogError("The calendar of mentor {Mentor} could not be read: {Failure}", mentor.UserId, e.GetType().Name);
            return Failed(nameof(ErrorText.CalendarNotOne));
        }
    }

    /// <summary>The new times in place of the old ones; after a failure the old ones stay, and the reason is kept.</summary>
    private async Task KeepAsync(MentorProfile mentor, BusyRead read, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Only if it is the calendar still: the mentor may have changed the address while the old one was read.
        var same = await db.MentorProfiles.Where(m => m.UserId == mentor.UserId && m.BusyCalendarSecret == mentor.BusyCalendarSecret)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.BusyCalendarProblem, read.Problem), cancellationToken) > 0;
        if (same && !IsFailed(read))
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

    private static BusyRead Failed(string problem) => new([], problem);

    /// <summary>What was read in part counts; what could not be read at all does not.</summary>
    private static bool IsFailed(BusyRead read) =>
        read.Problem is not (null or nameof(ErrorText.CalendarPartly) or nameof(ErrorText.CalendarTooMany));
}
