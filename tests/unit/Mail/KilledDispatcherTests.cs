using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People.Mails;
using Tests.Support;
using Xunit.Abstractions;

namespace Tests.Mail;

public sealed class KilledDispatcherTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Mails = 2000;
    private readonly PortalApp _app = new();

    public Task InitializeAsync() => _app.InitializeAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_and_doubles_one_mail_a_connection_at_most_with_the_same_message_id()
    {
        // ./test.sh all kills it thirty times.
        var kills = int.TryParse(Environment.GetEnvironmentVariable("PORTAL_TEST_KILLS"), CultureInfo.InvariantCulture, out var set)
            ? set : 3;
        var random = new Random(20261121);
        var now = TimeProvider.System.GetUtcNow();
        await _app.InDatabaseAsync(db =>
        {
            for (var i = 0; i < Mails; i++)
                db.Outbox.Add(new()
                {
                    Key = $"many-{i}",
                    Kind = nameof(AddressTaken),
                    Model = "{}",
                    ToAddress = $"p{i}@demo.example",
                    ToName = "Somebody",
                    CreatedUtc = now,
                    QueuedUtc = now,
                    DueUtc = now
                });
            return db.SaveChangesAsync();
        });
        await using var sink = new CountingSink();
        for (var life = 0; life <= kills; life++)
        {
            sink.Life = life;
            using var process = DispatchingProcess.Start(_app.Database.ConnectionString, _app.DataFolder, sink.Port,
                life * MailDispatcher.ClaimTime * 2);
            var until = life == kills ? int.MaxValue : sink.Received.Count + random.Next(5, Math.Max(6, 2 * Mails / (3 * kills)));
            await UntilAsync(async () => sink.Received.Count >= until || (until == int.MaxValue && await WaitingAsync() == 0), process);
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 5));
            await process.KillAsync();
        }

        var received = sink.Received.ToList();
        // Those of which the portal did not live to note that they had left. A second kill may well meet one of them again.
        var unmarked = received.GroupBy(r => r.MessageId).SelectMany(mail => mail.OrderBy(r => r.Life).SkipLast(1)).ToList();
        output.WriteLine($"{kills} kills, {received.Count} received, {unmarked.Count} of them once more than needed");
        var ids = await _app.InDatabaseAsync(db => db.Outbox.Where(m => m.State == OutboxState.Sent).Select(m => m.Id).ToListAsync());
        Assert.Equal(Mails, ids.Count);
        Assert.Equal(ids.Select(id => $"{id:N}@portal.test").Order(), received.Select(r => r.MessageId).Distinct().Order());
        Assert.Equal(received.Count, received.Select(r => (r.MessageId, r.Life)).Distinct().Count());
        Assert.All(unmarked.GroupBy(r => r.Life), kill => Assert.InRange(kill.Count(), 1, DispatchingProcess.Connections));
        // Every mail that was marked has its attempt, in the same commit.
        Assert.Equal(Mails, await _app.InDatabaseAsync(db => db.MailAttempts.CountAsync()));
    }

    private Task<int> WaitingAsync() => _app.InDatabaseAsync(db => db.Outbox.CountAsync(m => m.State == OutboxState.Waiting));

    private static async Task UntilAsync(Func<Task<bool>> done, DispatchingProcess process)
    {
        for (var i = 0; !await done(); i++)
        {
            Assert.False(process.HasEnded, "The dispatching process ended by itself.");
            Assert.True(i < 60_000, "It took too long.");
            await Task.Delay(2);
        }
    }
}
