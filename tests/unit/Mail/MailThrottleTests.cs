using Portal.Mail.Delivery;
using Tests.Support;

namespace Tests.Mail;

public sealed class MailThrottleTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void All_connections_share_the_minute()
    {
        var throttle = new MailThrottle(120, _clock);
        Assert.Equal([0, 500, 1000, 1500], Enumerable.Range(0, 4).Select(_ => (int)throttle.Take().TotalMilliseconds));
        _clock.Advance(TimeSpan.FromMinutes(10));
        // what was not used is not saved up
        Assert.Equal([0, 500], Enumerable.Range(0, 2).Select(_ => (int)throttle.Take().TotalMilliseconds));
        Assert.Equal(3, throttle.UsefulConnections);
    }

    [Fact]
    public void Without_a_limit_nobody_waits()
    {
        var throttle = new MailThrottle(0, _clock);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(TimeSpan.Zero, throttle.Take()));
    }

    [Fact]
    public async Task The_dispatcher_keeps_to_it()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Mail:PerMinute", "60"));
        var sender = new ScriptedSender();
        await app.QueueAsync([.. Enumerable.Range(0, 5).Select(i => app.Row($"many-{i}"))]);
        var run = Task.Run(() => app.DispatcherOver(sender).RunAsync(default));
        for (var seconds = 0; !run.IsCompleted && seconds < 3000; seconds++)
        {
            var (before, at) = (sender.Tried.Count, app.Clock.GetUtcNow());
            await Task.Delay(10);
            Assert.InRange(sender.Tried.Count, before, 1 + (int)(app.Clock.GetUtcNow() - TestClock.Anchor).TotalSeconds);
            app.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }
        await run;
        Assert.Equal(5, sender.Tried.Count);
    }
}
