using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Tests.Support;

namespace Tests.Data;

public sealed class OutboxClaimTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddMinutes(5);

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Two_dispatchers_never_get_the_same_mail_and_none_is_left(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await AddAsync(database, 200, _ => { });

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<Guid>();
            while (await ClaimAsync(database, Now, most: 7) is { Count: > 0 } some)
                mine.AddRange(some);
            return mine;
        })));

        var all = claimed.SelectMany(c => c).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(200, all.Count);
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Rows_that_another_dispatcher_is_just_taking_are_passed_over(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await AddAsync(database, 5, _ => { });

        await using var other = database.Open();
        await using var transaction = await other.Database.BeginTransactionAsync();
        var theirs = await other.ClaimOutboxAsync(Guid.NewGuid(), Now, Later, 3, default);
        var ours = await ClaimAsync(database, Now, most: 5);

        Assert.Equal(3, theirs.Count);
        Assert.Equal(2, ours.Count);
        Assert.Empty(theirs.Intersect(ours));
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task A_claim_that_has_run_out_is_due_again(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await AddAsync(database, 1, _ => { });

        Assert.Single(await ClaimAsync(database, Now));
        Assert.Empty(await ClaimAsync(database, Later.AddSeconds(-1)));
        Assert.Single(await ClaimAsync(database, Later));
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Only_waiting_mails_that_are_due_are_claimed_oldest_first(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await AddAsync(database, 1, m => m.State = OutboxState.Sent);
        await AddAsync(database, 1, m => m.State = OutboxState.Failed);
        await AddAsync(database, 1, m => m.State = OutboxState.InDoubt);
        await AddAsync(database, 1, m => m.DueUtc = Now.AddSeconds(1));
        var second = await AddAsync(database, 1, m => m.DueUtc = Now.AddMinutes(-1));
        var first = await AddAsync(database, 1, m => m.DueUtc = Now.AddMinutes(-2));

        Assert.Equal(first, await ClaimAsync(database, Now, most: 1));
        Assert.Equal(second, await ClaimAsync(database, Now));
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task The_same_mail_cannot_be_queued_twice(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await AddAsync(database, 1, m => m.Key = "confirmed/1/2/3");
        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(database, 1, m => m.Key = "confirmed/1/2/3"));
        await using var context = database.Open();
        Assert.True(context.IsDuplicateKey(failure));
    }

    private static async Task<List<Guid>> ClaimAsync(TestDatabase database, DateTimeOffset now, int most = 10)
    {
        await using var context = database.Open();
        return await context.ClaimOutboxAsync(Guid.NewGuid(), now, Later, most, default);
    }

    private static async Task<List<Guid>> AddAsync(TestDatabase database, int count, Action<OutboxMessage> change)
    {
        await using var context = database.Open();
        var messages = Enumerable.Range(0, count).Select(_ => new OutboxMessage
        {
            Key = Guid.NewGuid().ToString(),
            Kind = "Confirmation",
            Model = "{}",
            ToAddress = "talib@people.example",
            CreatedUtc = Now,
            DueUtc = Now,
        }).ToList();
        messages.ForEach(change);
        context.AddRange(messages);
        await context.SaveChangesAsync();
        return [.. messages.Select(m => m.Id)];
    }
}
