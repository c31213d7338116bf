using Microsoft.EntityFrameworkCore;
using Portal.Jobs;
using Portal.Mail.Queue;
using Portal.People;
using Tests.Support;

namespace Tests.People;

/// <summary>What stays of those who never confirmed an address.</summary>
public sealed class UnconfirmedTests
{
    [Fact]
    public async Task Accounts_that_nobody_confirmed_go_after_a_week_with_the_mails_to_them()
    {
        await using var app = await PortalApp.StartAsync();
        var confirmed = await new Scene(app).PersonAsync();
        await app.InDatabaseAsync(async db =>
        {
            var waits = new PortalUser { Id = Guid.NewGuid(), Email = "never@people.example", CreatedUtc = app.Clock.GetUtcNow() };
            db.Users.Add(waits);
            db.Outbox.Add(new()
            {
                Key = "x",
                Kind = "x",
                Model = "{}",
                ToAddress = waits.Email,
                UserId = waits.Id,
                State = OutboxState.Sent,
                CreatedUtc = app.Clock.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        });
        app.Clock.Advance(TimeSpan.FromDays(6.9));
        await app.InScopeAsync<Retention>(r => r.RunAsync(default));
        Assert.Equal(2, await app.InDatabaseAsync(db => db.Users.CountAsync()));
        app.Clock.Advance(TimeSpan.FromDays(0.2));
        await app.InScopeAsync<Retention>(r => r.RunAsync(default));
        Assert.Equal([confirmed.Id], await app.InDatabaseAsync(db => db.Users.Select(u => u.Id).ToListAsync()));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.Outbox.CountAsync()));
    }
}
