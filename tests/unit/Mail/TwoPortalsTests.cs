using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Queue;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Portal.Sessions.Reminders;
using Tests.Support;
using Xunit.Abstractions;

namespace Tests.Mail;

/// <summary>Two portals on one database, each a process of its own, while reminders fall due.</summary>
public sealed class TwoPortalsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly PortalApp _app = new();

    public Task InitializeAsync() => _app.InitializeAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact, Trait("Speed", "slow")]
    public async Task Both_sweep_and_send_and_everyone_is_reminded_once()
    {
        // 10,000 were measured once, by the variable.
        var mails = int.TryParse(Environment.GetEnvironmentVariable("PORTAL_TEST_MAILS"), CultureInfo.InvariantCulture, out var set)
            ? set : 300;
        var now = TimeProvider.System.GetUtcNow();
        await AddSessionsAsync(mails / 2, now);
        await using CountingSink firstSink = new(), secondSink = new();
        var time = Stopwatch.StartNew();
        using var first = DispatchingProcess.Start(_app.Database.ConnectionString, _app.DataFolder, firstSink.Port, reminds: true);
        using var second = DispatchingProcess.Start(_app.Database.ConnectionString, _app.DataFolder, secondSink.Port, reminds: true);
        while (await SentAsync() < mails)
        {
            Assert.False(first.HasEnded || second.HasEnded, "A portal ended by itself.");
            Assert.True(time.Elapsed < TimeSpan.FromMinutes(4), $"It took too long: {await SentAsync()} of {mails}.");
            await Task.Delay(100);
        }
        var took = time.Elapsed;
        await Task.WhenAll(first.EndAsync(), second.EndAsync()); // after a look for one too many

        output.WriteLine($"{mails} reminders in {took.TotalSeconds:0.0} s, {firstSink.Received.Count} by the one and {secondSink.Received.Count} by the other");
        var received = firstSink.Received.Concat(secondSink.Received).Select(r => r.MessageId).ToList();
        Assert.Equal(mails, received.Count);
        Assert.Equal(mails, received.Distinct().Count());
        Assert.NotEmpty(firstSink.Received);
        Assert.NotEmpty(secondSink.Received);
        var rows = await _app.OutboxAsync();
        Assert.All(rows, m => Assert.Equal((nameof(SessionReminder), OutboxState.Sent, 1), (m.Kind, m.State, m.Attempts)));
        Assert.Equal(mails, rows.Select(m => m.ParticipantId).Distinct().Count());
        Assert.Equal(mails, rows.Count);
    }

    private Task<int> SentAsync() => _app.InDatabaseAsync(db => db.Outbox.CountAsync(m => m.State == OutboxState.Sent));

    /// <summary>Some are due at once, the others in the seconds that follow, so that the two meet at many sweeps.</summary>
    private async Task AddSessionsAsync(int count, DateTimeOffset now)
    {
        var scene = new Scene(_app);
        var (mentor, mentee) = (await scene.MentorAsync(), await scene.PersonAsync());
        await _app.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < count; i++)
            {
                var session = new MentoringSession
                {
                    MentorId = mentor.Id,
                    Topic = $"Topic {i}",
                    State = SessionState.Confirmed,
                    TimeZone = "Etc/UTC",
                    LengthMinutes = 60
                };
                session.StartAt(now.AddMinutes(60).AddSeconds(15.0 * i / count - 5), now.AddDays(-2));
                session.Participants.Add(new() { UserId = mentor.Id, Role = ParticipantRole.Mentor });
                session.Participants.Add(new() { UserId = mentee.Id, Role = ParticipantRole.Mentee });
                db.Sessions.Add(session);
            }
            // Where the last sweep ended.
            db.JobCheckpoints.Add(new() { Name = ReminderService.Checkpoint, ReachedUtc = now.AddMinutes(-1) });
            await db.SaveChangesAsync();
        });
    }
}
