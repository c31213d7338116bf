using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Data;

public sealed class BusyTickRaceTests
{
    private static readonly DateTimeOffset Ten = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Of_twenty_overlapping_sessions_at_once_exactly_one_is_booked(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var mentor = await AddMentorAsync(database);

        // From 10:00 to 10:45, an hour each: all of them cover 10:50.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            TryBookAsync(database, mentor, Ten.AddMinutes(i % 10 * BusyTick.Minutes)))));

        Assert.Equal(1, outcomes.Count(o => o is null));
        await using var context = database.Open();
        Assert.All(outcomes.OfType<DbException>(), e => Assert.True(context.IsDuplicateKey(e), e.Message));
        Assert.Equal(1, await context.Sessions.CountAsync());
        Assert.Equal(12, await context.BusyTicks.CountAsync());
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Sessions_that_only_touch_are_all_booked(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var mentor = await AddMentorAsync(database);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => TryBookAsync(database, mentor, Ten.AddHours(i)))));

        Assert.All(outcomes, Assert.Null);
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Two_mentors_have_the_same_hour(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        Assert.Null(await TryBookAsync(database, await AddMentorAsync(database), Ten));
        Assert.Null(await TryBookAsync(database, await AddMentorAsync(database), Ten));
    }

    /// <summary>Null: booked. Otherwise why not.</summary>
    private static async Task<DbException?> TryBookAsync(TestDatabase database, Guid mentor, DateTimeOffset start)
    {
        await using var context = database.Open();
        var session = new MentoringSession
        {
            MentorId = mentor,
            State = SessionState.Confirmed,
            TimeZone = "Etc/UTC",
            LocalStart = start.DateTime,
            StartUtc = start,
            LengthMinutes = 60,
            CreatedUtc = Ten,
        };
        context.Add(session);
        context.AddRange(BusyTick.Cover(mentor, session.Id, start, session.EndUtc));
        try
        {
            await context.SaveChangesAsync();
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is DbException failure)
        {
            return failure;
        }
    }

    private static async Task<Guid> AddMentorAsync(TestDatabase database)
    {
        await using var context = database.Open();
        var user = new PortalUser { Id = Guid.CreateVersion7(), DisplayName = "Maha", CreatedUtc = Ten };
        context.Add(user);
        await context.SaveChangesAsync();
        return user.Id;
    }
}
