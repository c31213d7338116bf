using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People;
using Portal.People.Mails;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Tests.Support;

namespace Tests.Mail;

public sealed class OutboxTests : IAsyncLifetime
{
    private readonly PortalApp _app = new();
    private Guid _session;

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        _session = await _app.AddSessionAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_change_that_is_rolled_back_sends_no_mail()
    {
        await using (var scope = _app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var session = await db.SessionAsync(_session);
            session.Sequence++;
            MailFixture.QueueConfirmations(scope.ServiceProvider, session);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }
        Assert.False(IsSignalled());
        await _app.DispatchAsync();
        Assert.Empty(await _app.OutboxAsync());
        Assert.Empty(_app.Files());
    }

    [Fact]
    public async Task The_signal_comes_with_the_commit_and_not_before()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        MailFixture.QueueConfirmations(scope.ServiceProvider, await db.SessionAsync(_session));
        var signal = _app.Services.GetRequiredService<OutboxSignal>().WaitAsync(default);
        await db.SaveChangesAsync();
        Assert.False(signal.IsCompleted);
        await transaction.CommitAsync();
        await signal.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_plain_save_gives_the_signal_too_and_one_without_mails_does_not()
    {
        await _app.ConfirmAsync(_session);
        Assert.True(IsSignalled());
        await _app.InDatabaseAsync(async db =>
        {
            (await db.SessionAsync(_session)).Topic = "Another";
            return await db.SaveChangesAsync();
        });
        Assert.False(IsSignalled());
    }

    [Fact]
    public async Task The_same_news_cannot_be_queued_twice_but_the_next_can()
    {
        await _app.ConfirmAsync(_session, sequence: 1);
        await Assert.ThrowsAsync<DbUpdateException>(() => _app.ConfirmAsync(_session, sequence: 1));
        await _app.ConfirmAsync(_session, sequence: 2);
        Assert.Equal(4, (await _app.OutboxAsync()).Count);
    }

    [Fact]
    public async Task An_account_gets_a_mail_once_for_each_occasion()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var scope = _app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            var user = await db.Users.FirstAsync();
            var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
            Assert.Equal(i == 0, await outbox.AddOnceAsync(new AddressTaken(), user.ToRecipient(), "occasion", default));
            await db.SaveChangesAsync();
        }
        Assert.Single(await _app.OutboxAsync());
    }

    /// <summary>What waits in the outbox of a portal that is brought up to date must not be queued anew.</summary>
    [Fact]
    public void The_key_of_a_mail_is_what_it_always_was()
    {
        var user = new PortalUser { Id = new("0198a2f4-0000-7000-8000-000000000001") };
        var place = new SessionParticipant
        {
            Id = new("0198a2f4-0000-7000-8000-000000000002"),
            SessionId = new("0198a2f4-0000-7000-8000-000000000003"),
            User = user,
            UserId = user.Id,
        };
        var guest = new SessionParticipant { Id = place.Id, SessionId = place.SessionId };
        const string ofPlace = "SessionReminder:0198a2f4000070008000000000000003:0198a2f4000070008000000000000002:202611241600:15";
        Assert.Equal(ofPlace, Outbox.KeyOf(SessionReminder.Sample, place.ToRecipient(), "202611241600:15"));
        Assert.Equal(ofPlace, Outbox.KeyOf(SessionReminder.Sample, guest.ToRecipient(), "202611241600:15"));
        const string ofAccount = "PreflightFailed:0198a2f4000070008000000000000001:x";
        Assert.Equal(ofAccount, Outbox.KeyOf(PreflightFailed.Sample, user.ToRecipient(), "x"));
        Assert.Equal(ofAccount, Outbox.KeyOf(PreflightFailed.Sample,
            user.ToRecipient() with { SessionId = place.SessionId, Address = "x@x" }, "x"));
    }

    [Fact]
    public async Task Somebody_without_an_address_gets_nothing()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var session = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().SessionAsync(_session);
        var guest = new SessionParticipant { Session = session, SessionId = session.Id, OwnName = "Guest", Role = ParticipantRole.Guest };
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(new LinkRenewed(SessionFacts.For(session, guest)), guest.ToRecipient(), "1");
        Assert.False(scope.ServiceProvider.GetRequiredService<PortalDbContext>().ChangeTracker.HasChanges());
    }

    /// <summary>Takes the signal; a "no" leaves a waiting reader behind, so it must be the last question of a test.</summary>
    private bool IsSignalled() => _app.Services.GetRequiredService<OutboxSignal>().WaitAsync(default).IsCompleted;
}
