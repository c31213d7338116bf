using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Sessions;
using Tests.Support;

namespace Tests.Mail;

public sealed class MailDispatcherTests : IAsyncLifetime
{
    private readonly ScriptedSender _sender = new();
    private readonly PortalApp _app = new();
    private Guid _session;

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        _session = await _app.AddSessionAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact, Trait("Clock", "moves")]
    public async Task Everyone_gets_the_confirmation_in_their_own_language_zone_and_with_their_own_link()
    {
        await _app.ConfirmAsync(_session);
        await _app.DispatchAsync();

        var texts = _app.Files().Select(MailFixture.TextPart).ToList();
        Assert.Equal(2, texts.Count);
        var mentor = Assert.Single(texts, t => t.Contains("Hi "));
        var mentee = Assert.Single(texts, t => t.Contains("مرحبًا"));
        var start = await _app.InDatabaseAsync(db => db.Sessions.Select(s => s.StartUtc).SingleAsync());
        Assert.Contains($"{Clock("Europe/Berlin", start)}–{Clock("Europe/Berlin", start.AddHours(1))}", mentor);
        Assert.Contains($"من {Clock("Africa/Cairo", start)} إلى {Clock("Africa/Cairo", start.AddHours(1))}", mentee);
        Assert.Contains("توقيت القاهرة", mentee);
        var links = texts.Select(t => Assert.Single(t.Split('\n'), l => l.StartsWith("http://portal.test/join/", StringComparison.Ordinal)))
            .ToList();
        Assert.NotEqual(links[0], links[1]);

        Assert.All(await _app.OutboxAsync(), m =>
        {
            Assert.Equal(OutboxState.Sent, m.State);
            Assert.Equal(_app.Clock.GetUtcNow(), m.SentUtc);
            Assert.Equal(1, m.Attempts);
            Assert.Null(m.ClaimedBy);
            Assert.False(string.IsNullOrEmpty(m.Subject));
        });
        foreach (var secret in (string[])["talib@people.example", "طالب", "/join/"])
            Assert.DoesNotContain(secret, _app.Log.Text);

        static string Clock(string zone, DateTimeOffset at) => $"{ClockChanges.Wall(zone, at)}";
    }

    [Fact]
    public async Task A_mail_is_drawn_with_the_link_that_holds_now()
    {
        await _app.ConfirmAsync(_session);
        await _app.InDatabaseAsync(async db =>
        {
            var session = await db.SessionAsync(_session);
            session.Participants.Single(p => p.Role == ParticipantRole.Mentee).LinkVersion = 9;
            session.MentorPart.WithdrawnUtc = _app.Clock.GetUtcNow();
            return await db.SaveChangesAsync();
        });
        await _app.DispatchAsync();
        var texts = _app.Files().Select(MailFixture.TextPart).ToList();
        var expected = await LinkAsync(9);
        Assert.Contains(expected, Assert.Single(texts, t => t.Contains("مرحبًا")));
        Assert.DoesNotContain("/join/", Assert.Single(texts, t => t.Contains("Hi ")));

        async Task<string> LinkAsync(short version)
        {
            var id = await _app.InDatabaseAsync(db => db.Participants.Where(p => p.Role == ParticipantRole.Mentee).Select(p => p.Id)
                .SingleAsync());
            return (await _app.InScopeAsync<Portal.Tickets.JoinLinks, Uri>(l => l.ForAsync(id, version, default))).AbsoluteUri;
        }
    }

    [Fact]
    public async Task A_mail_that_was_sent_but_not_marked_goes_again_into_the_same_file_once_the_claim_has_run_out()
    {
        await _app.ConfirmAsync(_session);
        await _app.DispatchAsync();
        var first = _app.Files().ToDictionary(f => f, File.ReadAllText);

        // As if the process had been killed between sending and marking.
        var until = _app.Clock.GetUtcNow() + MailDispatcher.ClaimTime;
        await _app.InDatabaseAsync(db => db.Outbox.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Waiting)
            .SetProperty(m => m.ClaimedBy, Guid.NewGuid())
            .SetProperty(m => m.ClaimedUntilUtc, until)));
        await _app.DispatchAsync();
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Waiting, m.State));

        _app.Clock.Advance(MailDispatcher.ClaimTime);
        await _app.DispatchAsync();
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Sent, m.State));
        Assert.Equal(first, _app.Files().ToDictionary(f => f, File.ReadAllText));
    }

    [Fact]
    public async Task A_mail_has_the_date_at_which_it_was_queued()
    {
        await _app.ConfirmAsync(_session);
        var queued = _app.Clock.GetUtcNow();
        _app.Clock.Advance(TimeSpan.FromHours(3));
        await _app.DispatchAsync();
        Assert.Equal(2, _app.Files().Count);
        Assert.All(_app.Files(), f =>
            Assert.Contains($"Date: {queued.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n", File.ReadAllText(f)));
    }

    [Fact]
    public async Task Mails_wait_while_the_folder_cannot_be_written_and_leave_when_it_can()
    {
        await File.WriteAllTextAsync(_app.MailFolder, "a file where the folder should be");
        await _app.ConfirmAsync(_session);
        await _app.DispatchAsync();
        Assert.All(await _app.OutboxAsync(), m =>
        {
            Assert.Equal(OutboxState.Waiting, m.State);
            Assert.Equal(1, m.Attempts);
            Assert.True(m.DueUtc > _app.Clock.GetUtcNow());
            Assert.Contains("pickup folder", m.LastFailure);
        });

        for (var i = 0; i < 3; i++)
        {
            _app.Clock.Advance(TimeSpan.FromMinutes(10));
            await _app.DispatchAsync();
        }
        Assert.Single(_app.Log.Entries, e => e.Level == LogLevel.Warning && e.Category.Contains(nameof(MailDispatcher)));
        Assert.DoesNotContain("talib@people.example", _app.Log.Text);

        File.Delete(_app.MailFolder);
        _app.Clock.Advance(TimeSpan.FromMinutes(40));
        await _app.DispatchAsync();
        Assert.All(await _app.OutboxAsync(), m =>
        {
            Assert.Equal(OutboxState.Sent, m.State);
            Assert.Null(m.LastFailure);
        });
        Assert.Equal(2, _app.Files().Count);
        Assert.Contains("Mails leave again", _app.Log.Text);
    }

    [Fact]
    public async Task The_rest_of_a_batch_is_put_off_without_a_try_once_the_connection_is_broken()
    {
        _sender.Answer = _ => new(SendVerdict.NotAttempted, SendScope.Connection, SendStage.Connect, "refused");
        await _app.ConfirmAsync(_session);
        await Dispatcher().RunAsync(default);
        Assert.Single(_sender.Tried);
        Assert.All(await _app.OutboxAsync(), m =>
            Assert.Equal((OutboxState.Waiting, 1, "Connect: refused"), (m.State, m.Attempts, m.LastFailure)));
    }

    [Theory]
    [InlineData(SendVerdict.Rejected, OutboxState.Failed)]
    [InlineData(SendVerdict.InDoubt, OutboxState.InDoubt)]
    [InlineData(SendVerdict.Deferred, OutboxState.Waiting)]
    public async Task One_mails_refusal_does_not_decide_anothers(SendVerdict verdict, OutboxState state)
    {
        _sender.Answer = mail => mail.Recipients[0].StartsWith("talib", StringComparison.Ordinal)
            ? new(verdict, SendScope.Recipient, SendStage.Recipient, "no such user") { Code = 550, EnhancedCode = "5.1.1" }
            : SendResult.Accepted(mail.Recipients, "ok");
        await _app.ConfirmAsync(_session);
        await Dispatcher().RunAsync(default);
        var mails = await _app.OutboxAsync();
        Assert.Equal(OutboxState.Sent, mails.Single(m => m.ToAddress.StartsWith("murshid", StringComparison.Ordinal)).State);
        var refused = mails.Single(m => m.ToAddress.StartsWith("talib", StringComparison.Ordinal));
        Assert.Equal(state, refused.State);
        Assert.Equal("Recipient, 550 5.1.1: no such user", refused.LastFailure);

        _sender.Tried.Clear();
        await Dispatcher().RunAsync(default);
        Assert.Empty(_sender.Tried);
    }

    [Fact]
    public async Task After_a_day_a_mail_that_cannot_leave_is_given_up()
    {
        _sender.Answer = _ => new(SendVerdict.Deferred, SendScope.Message, SendStage.Content, "later");
        await _app.ConfirmAsync(_session);
        await Dispatcher().RunAsync(default);
        _app.Clock.Advance(TimeSpan.FromHours(25));
        await Dispatcher().RunAsync(default);
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Failed, m.State));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_made_is_given_up_with_its_reason_and_holds_nobody_up()
    {
        await _app.ConfirmAsync(_session);
        await _app.InDatabaseAsync(db =>
        {
            db.Outbox.Add(_app.Row("broken-kind", "NoSuchMail", "{}", "x@demo.example"));
            db.Outbox.Add(_app.Row("broken-model", "SessionConfirmed", "{", "x@demo.example"));
            db.Outbox.Add(_app.Row("broken-address", "AddressTaken", "{}", "x@demo.example\r\nBcc: y@demo.example"));
            return db.SaveChangesAsync();
        });
        await _app.DispatchAsync();
        var mails = await _app.OutboxAsync();
        Assert.Equal(2, mails.Count(m => m.State == OutboxState.Sent));
        Assert.All(mails.Where(m => m.Key.StartsWith("broken", StringComparison.Ordinal)), m =>
        {
            Assert.Equal(OutboxState.Failed, m.State);
            Assert.StartsWith("Content: The mail cannot be made. ", m.LastFailure);
        });
        Assert.Equal(2, _app.Files().Count);
    }

    [Fact]
    public async Task Two_portals_on_one_database_send_each_mail_once()
    {
        // 10,000 were measured once, by the variable.
        var mails = int.TryParse(Environment.GetEnvironmentVariable("PORTAL_TEST_MAILS"), CultureInfo.InvariantCulture, out var set)
            ? set : 1000;
        await _app.InDatabaseAsync(db =>
        {
            for (var i = 0; i < mails; i++)
                db.Outbox.Add(_app.Row($"many-{i:000}", "AddressTaken", "{}", $"p{i}@demo.example"));
            return db.SaveChangesAsync();
        });
        var both = new[] { Dispatcher(), Dispatcher() };
        await Task.WhenAll(both.Select(d => Task.Run(() => d.RunAsync(default))));

        Assert.Equal(mails, _sender.Tried.Count);
        Assert.Equal(mails, _sender.Tried.Select(m => m.Id).Distinct().Count());
        Assert.True(_sender.MaxAtOnce > 2); // over several connections each
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal((OutboxState.Sent, 1), (m.State, m.Attempts)));
    }

    [Fact]
    public async Task A_call_while_the_dispatcher_runs_makes_it_look_again()
    {
        var dispatcher = Dispatcher();
        await _app.ConfirmAsync(_session, 1);
        var second = false;
        _sender.Answer = mail =>
        {
            if (!second)
            {
                second = true;
                _app.ConfirmAsync(_session, 2).GetAwaiter().GetResult();
                Assert.True(dispatcher.RunAsync(default).IsCompletedSuccessfully);
            }
            return SendResult.Accepted(mail.Recipients, "ok");
        };
        await dispatcher.RunAsync(default);
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal(OutboxState.Sent, m.State));
        Assert.Equal(4, _sender.Tried.Count);
    }

    [Fact]
    public async Task Stopping_in_the_middle_frees_the_mails_that_it_did_not_come_to()
    {
        using var stop = new CancellationTokenSource();
        _sender.Answer = mail =>
        {
            stop.Cancel();
            return SendResult.Accepted(mail.Recipients, "ok");
        };
        await _app.ConfirmAsync(_session);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Dispatcher().RunAsync(stop.Token));
        var mails = await _app.OutboxAsync();
        Assert.Single(mails, m => m.State == OutboxState.Sent);
        Assert.Null(Assert.Single(mails, m => m.State == OutboxState.Waiting).ClaimedBy);
    }

    [Fact]
    public void The_wait_grows_up_to_half_an_hour_and_differs()
    {
        var waits = Enumerable.Range(1, 12).Select(n => MailRetry.Wait(n, SendScope.Connection)).ToList();
        Assert.InRange(waits[0], TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(18));
        Assert.InRange(waits[3], TimeSpan.FromSeconds(96), TimeSpan.FromSeconds(144));
        Assert.InRange(waits[11], TimeSpan.FromMinutes(24), TimeSpan.FromMinutes(36));
        Assert.True(Enumerable.Range(0, 20).Select(_ => MailRetry.Wait(5, SendScope.Connection)).Distinct().Count() > 1);
        // Whoever was told "later" comes back after the five minutes that servers ask strangers to wait.
        Assert.All(Enumerable.Range(0, 50), _ => Assert.True(MailRetry.Wait(1, SendScope.Recipient) > TimeSpan.FromMinutes(5)));
        Assert.All(Enumerable.Range(1, 200), n => Assert.True(MailRetry.Wait(n, SendScope.Message) <= MailRetry.MaxWait));
    }

    private MailDispatcher Dispatcher() => _app.DispatcherOver(_sender);
}
