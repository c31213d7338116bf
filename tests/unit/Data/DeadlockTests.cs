using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Sessions.Changes;
using Tests.Support;

namespace Tests.Data;

public sealed class DeadlockTests
{
    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Of_two_changes_that_wait_for_each_other_one_is_judged_again_and_both_are_done(DatabaseEngine engine)
    {
        await using var app = await PortalApp.StartAsync(a => a.On(engine));
        var scene = new Scene(app);
        var (first, second) = (await scene.BookedAsync(), await scene.BookedAsync());
        var (here, there) = (new TaskCompletionSource(), new TaskCompletionSource());
        var tries = 0;

        Task<SessionOutcome> ChangeAsync(BookedScene session, Guid other, TaskCompletionSource begun, Task bothBegun) =>
            app.InScopeAsync<IServiceProvider, SessionOutcome>(services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                return services.GetRequiredService<SessionChanges>().RunAsync(session.Id, async changed =>
                {
                    Interlocked.Increment(ref tries);
                    await db.Database.BeginTransactionAsync();
                    await HoldAsync(db, session.Mentor.Id);
                    begun.TrySetResult();
                    await bothBegun;
                    await HoldAsync(db, other);
                    changed.Topic = "Changed";
                    return SessionOutcome.Done;
                }, default);
            });

        var outcomes = await Task.WhenAll(
            ChangeAsync(first, second.Mentor.Id, here, there.Task), ChangeAsync(second, first.Mentor.Id, there, here.Task));

        Assert.Equal([SessionOutcome.Done, SessionOutcome.Done], outcomes);
        Assert.Equal(3, tries);
        Assert.Equal(2, await app.InDatabaseAsync(db => db.Sessions.CountAsync(s => s.Topic == "Changed")));
    }

    private static Task HoldAsync(PortalDbContext db, Guid mentor) => db.MentorProfiles.Where(m => m.UserId == mentor)
        .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsPaused, m => m.IsPaused));
}
