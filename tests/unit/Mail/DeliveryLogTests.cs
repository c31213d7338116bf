using Microsoft.EntityFrameworkCore;
using Portal.Mail.Admin;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People.Mails;
using Tests.Support;

namespace Tests.Mail;

public sealed class DeliveryLogTests : IAsyncLifetime
{
    private readonly ScriptedSender _sender = new();
    private readonly PortalApp _app = new();

    public Task InitializeAsync() => _app.InitializeAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Every_try_is_kept_with_what_the_server_said()
    {
        await _app.QueueAsync(_app.Row("one"));
        _sender.Answer = mail => new(SendVerdict.Deferred, SendScope.Recipient, SendStage.Recipient, "busy")
        {
            Recipients = [new(mail.Recipients[0], SendVerdict.Deferred, 450, "4.2.0", "greylisted")],
        };
        var dispatcher = _app.DispatcherOver(_sender);
        await dispatcher.RunAsync(default);
        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        await dispatcher.RunAsync(default); // too early for whoever was told "later"
        _sender.Answer = mail => SendResult.Accepted(mail.Recipients, "queued as 7");
        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        await dispatcher.RunAsync(default);

        var tries = await _app.AttemptsAsync();
        Assert.Equal([(SendVerdict.Deferred, 450, "4.2.0", "greylisted"), (SendVerdict.Accepted, null, null, "queued as 7")],
            tries.Select(t => (t.Verdict, t.Code, t.EnhancedCode, t.Text)));
        Assert.All(tries, t => Assert.Equal(("x@demo.example", _app.Row("").ToAddress), (t.Recipient, t.Recipient)));
        Assert.Equal((OutboxState.Sent, 2), (await _app.OutboxAsync()).Select(m => (m.State, m.Attempts)).Single());
    }

    [Fact]
    public async Task A_mail_that_was_sent_again_has_another_day_and_keeps_its_log()
    {
        await _app.QueueAsync(_app.Row("one"));
        _sender.Answer = _ => new(SendVerdict.Deferred, SendScope.Message, SendStage.Content, "later");
        var dispatcher = _app.DispatcherOver(_sender);
        await RunForAsync(dispatcher, 25);
        var mail = Assert.Single(await _app.OutboxAsync());
        Assert.Equal(OutboxState.Failed, mail.State);
        var before = (await _app.AttemptsAsync()).Count;

        Assert.True(await _app.InScopeAsync<MailArchive, bool>(a => a.SendAgainAsync(mail.Id, null, default)));
        Assert.False(await _app.InScopeAsync<MailArchive, bool>(a => a.SendAgainAsync(mail.Id, null, default)));
        await RunForAsync(dispatcher, 23);
        mail = Assert.Single(await _app.OutboxAsync());
        Assert.Equal(OutboxState.Waiting, mail.State);
        Assert.True((await _app.AttemptsAsync()).Count > before);
        await RunForAsync(dispatcher, 3);
        Assert.Equal(OutboxState.Failed, Assert.Single(await _app.OutboxAsync()).State);
        Assert.Equal(1, await _app.InDatabaseAsync(db => db.AuditEntries.CountAsync(a => a.Action == MailArchive.SentAgain)));
    }

    [Theory]
    [InlineData(550, "5.1.1", true)]
    [InlineData(550, "5.1.10", true)]
    [InlineData(550, null, false)] // perhaps everybody is refused
    [InlineData(553, "5.0.0", false)]
    [InlineData(551, null, false)]
    [InlineData(554, "5.7.1", false)]
    [InlineData(550, "5.7.1", false)] // we are not welcome; the address may be fine
    [InlineData(552, "5.2.2", false)] // full
    [InlineData(550, "5.1.8", false)] // our own address
    [InlineData(554, null, false)]
    [InlineData(552, null, false)]
    public async Task An_address_that_is_refused_for_good_gets_no_more_mail(int code, string? enhanced, bool suppressed)
    {
        await _app.QueueAsync(_app.Row("first", to: "Gone@Demo.Example"));
        _sender.Answer = _ => new(SendVerdict.Rejected, SendScope.Recipient, SendStage.Recipient, "no")
        {
            Code = code,
            EnhancedCode = enhanced
        };
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.Equal(OutboxState.Failed, Assert.Single(await _app.OutboxAsync()).State);
        Assert.Equal(suppressed ? ["gone@demo.example"] : [],
            await _app.InDatabaseAsync(db => db.SuppressedAddresses.Select(a => a.Address).ToListAsync()));

        _sender.Answer = mail => SendResult.Accepted(mail.Recipients, "ok");
        var opened = _sender.Opened;
        await _app.QueueAsync(_app.Row("second", nameof(ResetPassword), to: "gone@demo.EXAMPLE"),
            _app.Row("third", to: "GONE@demo.example"));
        await _app.DispatcherOver(_sender).RunAsync(default);
        var third = (await _app.OutboxAsync()).Single(m => m.Key == "third");
        Assert.Equal(suppressed ? OutboxState.Failed : OutboxState.Sent, third.State);
        if (!suppressed)
            return;
        Assert.Equal(opened, _sender.Opened); // without a connection
        Assert.Contains("suppressed", third.LastFailure);
        Assert.Equal(3, (await _app.AttemptsAsync()).Count);

        Assert.True(await _app.InScopeAsync<SuppressedAddresses, bool>(s => s.LiftAsync("Gone@demo.example", null, default)));
        Assert.False(await _app.InScopeAsync<SuppressedAddresses, bool>(s => s.LiftAsync("Gone@demo.example", null, default)));
        await _app.InScopeAsync<MailArchive, bool>(a => a.SendAgainAsync(third.Id, null, default));
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.Equal(OutboxState.Sent, (await _app.OutboxAsync()).Single(m => m.Key == "third").State);
    }

    [Theory]
    // A bare refusal; hours until the next one; who is served in between; whether that is another mail.
    [InlineData(550, null, 24, "other", true, true)]
    [InlineData(551, "5.0.0", 30, "other", true, true)]
    [InlineData(553, null, 24 * 30, "other", true, true)]
    [InlineData(550, null, 23, "other", true, false)] // the same day
    [InlineData(550, null, 48, "", true, false)] // relaying denied: nobody is served
    [InlineData(550, null, 48, "own other", true, false)]
    [InlineData(550, null, 48, "other", false, false)] // sent again by an administrator
    [InlineData(554, null, 48, "other", true, false)]
    [InlineData(550, "5.7.1", 48, "other", true, false)]
    public async Task A_refusal_without_a_reason_counts_when_another_day_and_another_mail_say_the_same_and_others_are_served(
        int code, string? enhanced, int hours, string served, bool another, bool suppressed)
    {
        SendResult Refuse(OutgoingMail _) =>
            new(SendVerdict.Rejected, SendScope.Recipient, SendStage.Recipient, "no") { Code = code, EnhancedCode = enhanced };
        await _app.QueueAsync(_app.Row("first", to: "Gone@demo.example"));
        _sender.Answer = Refuse;
        await _app.DispatcherOver(_sender).RunAsync(default);
        _app.Clock.Advance(TimeSpan.FromHours(hours));

        _sender.Answer = mail => SendResult.Accepted(mail.Recipients, "ok");
        foreach (var who in served.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            await _app.QueueAsync(_app.Row(who, to: who == "own" ? "gone@demo.example" : "other@demo.example"));
        await _app.DispatcherOver(_sender).RunAsync(default);

        _sender.Answer = Refuse;
        if (another)
            await _app.QueueAsync(_app.Row("second", to: "gone@Demo.example"));
        else
            Assert.True(await _app.InScopeAsync<MailArchive, bool>(async a =>
            await a.SendAgainAsync((await _app.OutboxAsync()).Single(m => m.Key == "first").Id, null, default)));
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.Equal(suppressed ? ["gone@demo.example"] : [],
            await _app.InDatabaseAsync(db => db.SuppressedAddresses.Select(a => a.Address).ToListAsync()));
    }

    [Fact]
    public async Task The_last_mail_to_somebody_who_has_left_brings_no_address_back()
    {
        var person = await new Scene(_app).PersonAsync();
        await _app.InDatabaseAsync(db => db.Users.Where(u => u.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.DeletedUtc, _app.Clock.GetUtcNow())));
        var row = _app.Row("last", to: person.Email!);
        row.UserId = person.Id;
        await _app.QueueAsync(row);
        _sender.Answer = _ => new(SendVerdict.Rejected, SendScope.Recipient, SendStage.Recipient, "no")
        {
            Code = 550,
            EnhancedCode = "5.1.1"
        };
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.Equal(OutboxState.Failed, (await _app.OutboxAsync()).Single(m => m.Key == "last").State);
        Assert.Empty(await _app.InDatabaseAsync(db => db.SuppressedAddresses.ToListAsync()));
    }

    [Theory]
    [InlineData(SendVerdict.Deferred, SendStage.Recipient, 450)]
    [InlineData(SendVerdict.Rejected, SendStage.Sender, 550)]
    [InlineData(SendVerdict.Rejected, SendStage.Content, 550)]
    public async Task What_is_not_about_the_address_suppresses_none(SendVerdict verdict, SendStage stage, int code)
    {
        await _app.QueueAsync(_app.Row("first"));
        _sender.Answer = _ => new(verdict, SendScope.Message, stage, "no") { Code = code };
        await _app.DispatcherOver(_sender).RunAsync(default);
        Assert.Empty(await _app.InDatabaseAsync(db => db.SuppressedAddresses.ToListAsync()));
    }

    private async Task RunForAsync(MailDispatcher dispatcher, int hours)
    {
        for (var i = 0; i < hours * 2; i++)
        {
            await dispatcher.RunAsync(default);
            _app.Clock.Advance(TimeSpan.FromMinutes(30));
        }
    }
}
