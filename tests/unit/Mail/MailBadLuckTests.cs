using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People.Mails;
using Portal.Sessions.Mails;
using Tests.Support;

namespace Tests.Mail;

public sealed class MailBadLuckTests : IAsyncLifetime
{
    private readonly ScriptedSender _sender = new();
    private readonly PortalApp _app = new();

    public Task InitializeAsync() => _app.InitializeAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact, Trait("Clock", "moves")]
    public async Task A_server_that_is_gone_for_an_hour_costs_no_mail_and_gets_each_once()
    {
        var gone = true;
        _sender.Answer = mail => gone
            ? new(SendVerdict.Deferred, SendScope.Connection, SendStage.Connect, "refused")
            : SendResult.Accepted(mail.Recipients, "ok");
        await QueueAsync(60);
        var dispatcher = _app.DispatcherOver(_sender);
        for (var i = 0; i < 60; i++)
        {
            await dispatcher.RunAsync(default);
            _app.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Waiting, m.State));
        // It is knocked at now and then, and not for every mail.
        Assert.InRange(_sender.Tried.Count, 5, 60);

        gone = false;
        _sender.Tried.Clear();
        for (var i = 0; i < 40; i++)
        {
            await dispatcher.RunAsync(default);
            _app.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Sent, m.State));
        Assert.Equal(60, _sender.Tried.Count);
    }

    [Fact]
    public async Task A_wrong_password_costs_no_mail()
    {
        _sender.Answer = _ => new(SendVerdict.Rejected, SendScope.Auth, SendStage.Auth, "authentication failed")
        {
            Code = 535,
            EnhancedCode = "5.7.8"
        };
        await QueueAsync(3);
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Waiting, m.State));
        Assert.Single(_sender.Tried);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_a_batch_costs_one_mail_its_certainty_and_the_others_nothing()
    {
        var sent = 0;
        _sender.Answer = mail => Interlocked.Increment(ref sent) == 5
            ? new(SendVerdict.InDoubt, SendScope.Connection, SendStage.Content, "lost after the dot")
            : SendResult.Accepted(mail.Recipients, "ok");
        await QueueAsync(12);
        await _app.DispatcherOver(_sender).RunAsync(default);
        var mails = await _app.OutboxAsync();
        Assert.Equal(11, mails.Count(m => m.State == OutboxState.Sent));
        Assert.Single(mails, m => m.State == OutboxState.InDoubt);
        Assert.Equal(12, _sender.Tried.Select(m => m.Id).Distinct().Count());
        Assert.Equal(2, _sender.Opened);

        _app.Clock.Advance(TimeSpan.FromDays(2));
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.Equal(12, _sender.Tried.Count); // what is in doubt is never sent again by itself
    }

    [Fact]
    public async Task A_mail_that_always_breaks_its_connection_holds_nobody_up()
    {
        _sender.Answer = mail => mail.Recipients[0].StartsWith("p03", StringComparison.Ordinal)
            ? new(SendVerdict.Deferred, SendScope.Connection, SendStage.Sender, "closed") { Code = 421 }
            : SendResult.Accepted(mail.Recipients, "ok");
        await QueueAsync(12);
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.Equal(OutboxState.Waiting, Assert.Single(await _app.OutboxAsync(), m => m.State != OutboxState.Sent).State);
    }

    [Fact]
    public async Task Poison_of_every_kind_does_not_stop_the_others()
    {
        var breaksName = _app.Row("name", to: "name@demo.example");
        breaksName.ToName = "Eve\r\nBcc: all@demo.example\r\n\r\nhello";
        await _app.QueueAsync(
            breaksName,
            _app.Row("bad-facts", nameof(SessionConfirmed), """{"Session":null}"""), // the template throws
            _app.Row("bad-kind", "NoSuchMail"),
            _app.Row("bad-model", nameof(SecurityNotice), "{"),
            _app.Row("bad-address", to: "x@demo.example\r\nRCPT TO:<y@demo.example>"),
            _app.Row("bad-sender", to: "bug@demo.example"));
        _sender.Answer = mail => mail.Recipients[0] == "bug@demo.example"
            ? throw new InvalidOperationException("a mistake of ours") : SendResult.Accepted(mail.Recipients, "ok");
        await QueueAsync(50);
        await _app.DispatcherOver(_sender).RunAsync(default);

        var mails = (await _app.OutboxAsync()).ToDictionary(m => m.Key);
        Assert.Equal(51, mails.Values.Count(m => m.State == OutboxState.Sent));
        Assert.All((string[])["bad-facts", "bad-kind", "bad-model", "bad-address"],
            k => Assert.Equal((k, OutboxState.Failed), (k, mails[k].State)));
        Assert.Equal(OutboxState.InDoubt, mails["bad-sender"].State); // nobody knows how far it came
        var header = Encoding.UTF8.GetString(_sender.Tried.Single(m => m.Recipients[0] == "name@demo.example").Message.Span)
            .Split("\r\n\r\n")[0];
        Assert.DoesNotContain("\nBcc:", header, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_may_say_what_it_likes()
    {
        _sender.Answer = _ => new(SendVerdict.Rejected, SendScope.Message, SendStage.Content,
            "no\0\r\n\ud800" + new string('x', 4000))
        { Code = 554, EnhancedCode = new string('9', 90) };
        await QueueAsync(1);
        await _app.DispatcherOver(_sender).RunAsync(default);
        var mail = Assert.Single(await _app.OutboxAsync());
        var attempt = Assert.Single(await _app.AttemptsAsync());
        Assert.Equal((OutboxState.Failed, 500, 500, 20),
            (mail.State, mail.LastFailure!.Length, attempt.Text.Length, attempt.EnhancedCode!.Length));
        Assert.StartsWith("no   \ufffdx", attempt.Text);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_lets_mails_leave_all_the_same()
    {
        _sender.Answer = _ => new(SendVerdict.Deferred, SendScope.Message, SendStage.Content, "later");
        await QueueAsync(3);
        await _app.DispatcherOver(_sender).RunAsync(default); // due in some minutes
        await QueueAsync(3, "claimed");
        var until = _app.Clock.GetUtcNow() + MailDispatcher.ClaimTime;
        await _app.InDatabaseAsync(db => db.Outbox.Where(m => m.Key.StartsWith("claimed")).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.ClaimedBy, Guid.NewGuid()).SetProperty(m => m.ClaimedUntilUtc, until))); // by one who died

        _app.Clock.Advance(-TimeSpan.FromDays(300));
        _sender.Answer = mail => SendResult.Accepted(mail.Recipients, "ok");
        _sender.Tried.Clear();
        var dispatcher = _app.DispatcherOver(_sender);
        await dispatcher.RunAsync(default);
        Assert.Equal(3, _sender.Tried.Count); // the claims might be of somebody who lives
        for (var i = 0; i < 4; i++)
        {
            _app.Clock.Advance(TimeSpan.FromMinutes(1));
            await dispatcher.RunAsync(default);
        }
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Sent, m.State));
        Assert.Equal(6, _sender.Tried.Count);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public async Task A_clock_that_jumps_while_mails_leave_doubles_none(int minutes)
    {
        var other = new ScriptedSender();
        var jumped = 0;
        _sender.Answer = mail =>
        {
            if (Interlocked.Increment(ref jumped) == 2)
            {
                _app.Clock.Advance(TimeSpan.FromMinutes(minutes));
                // Between two mails of the batch; the one in hand is marked as sent, whoever claims it meanwhile.
            }
            return SendResult.Accepted(mail.Recipients, "ok");
        };
        await QueueAsync(15);
        await _app.DispatcherOver(_sender).RunAsync(default);
        await _app.DispatcherOver(other).RunAsync(default);
        Assert.Equal(15, _sender.Tried.Concat(other.Tried).Count());
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Sent, m.State));
    }

    [Fact]
    public async Task A_mail_that_is_leaving_when_the_portal_stops_is_marked_and_the_rest_is_free_at_once()
    {
        using var stop = new CancellationTokenSource();
        using var go = new SemaphoreSlim(0);
        _sender.Answer = mail =>
        {
            stop.Cancel();
            Assert.True(go.Wait(TimeSpan.FromMinutes(1)));
            return SendResult.Accepted(mail.Recipients, "ok");
        };
        await QueueAsync(5);
        var run = Task.Run(() => _app.DispatcherOver(_sender).RunAsync(stop.Token));
        while (_sender.Tried.IsEmpty)
            await Task.Delay(5);
        go.Release();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var mails = await _app.OutboxAsync();
        Assert.Single(mails, m => m.State == OutboxState.Sent);
        Assert.All(mails.Where(m => m.State == OutboxState.Waiting), m => Assert.Null(m.ClaimedBy));
    }

    private Task QueueAsync(int count, string key = "many") =>
        _app.QueueAsync([.. Enumerable.Range(0, count).Select(i => _app.Row($"{key}-{i:00}", to: $"p{i:00}@demo.example"))]);
}
