using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Sessions.Live;
using Tests.Mail;
using Tests.Support;

namespace Tests.Data;

/// <summary>The connection to the database breaks at the worst moments.</summary>
public sealed class CutConnectionTests
{
    [Theory, OnPostgreSql, OnSqlServer]
    public async Task A_mail_leaves_once_when_the_connection_breaks_at_its_mark(DatabaseEngine engine)
    {
        await using var app = await PortalApp.StartAsync(a => a.On(engine).BehindProxy());
        var sender = new ScriptedSender();
        foreach (var arrives in new[] { false, true })
        {
            await app.QueueAsync(app.Row($"cut-{arrives}"));
            app.Proxy.CutAt("UPDATE outbox_messages SET state", arrives);
            await app.DispatcherOver(sender).RunAsync(default);
            await app.DispatcherOver(sender).RunAsync(default);
        }

        Assert.Equal(2, app.Proxy.Cuts);
        Assert.Equal(2, sender.Tried.Count);
        Assert.All(await app.OutboxAsync(), m => Assert.Equal((OutboxState.Sent, 1), (m.State, m.Attempts)));
        Assert.Equal(2, (await app.AttemptsAsync()).Count);
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Somebody_whose_join_is_cut_off_is_asked_for_patience_and_gets_in_at_the_next_try(DatabaseEngine engine)
    {
        await using var app = await PortalApp.StartAsync(a => a.On(engine).BehindProxy());
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MentorPart);
        scene.GoTo(session);
        var program = await scene.ProgramAsync(session.Mentor);
        var calls = new[]
        {
            () => app.Visitor().PostAsync(link, null),
            () => program.PostAsync($"/api/mentoring/session/{session.Id}/join", null),
        };
        foreach (var statement in new[] { "FROM participants", "INSERT INTO meeting_events" })
        {
            foreach (var call in calls)
            {
                app.Proxy.CutAt(statement);
                using var cut = await call();
                var said = await cut.Content.ReadAsStringAsync();
                Assert.Equal(HttpStatusCode.ServiceUnavailable, cut.StatusCode);
                Assert.NotNull(cut.Headers.RetryAfter?.Delta);
                Assert.DoesNotContain("Exception", said);
                Assert.DoesNotContain("   at ", said);

                using var again = await call();
                Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
            }
        }
        Assert.Equal(4, app.Proxy.Cuts);
        Assert.DoesNotContain(app.Log.Errors, e => e.Category.StartsWith("Portal", StringComparison.Ordinal));
        Assert.Equal(4, await app.InDatabaseAsync(db => db.MeetingEvents.CountAsync(e => e.Kind == MeetingEventKind.Joined)));
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Pages_ask_for_patience_while_the_database_is_away(DatabaseEngine engine)
    {
        await using var app = await PortalApp.StartAsync(a => a.On(engine).BehindProxy());
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MenteePart);
        var browser = await scene.BrowserAsync(session.Mentee);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        app.Proxy.GoAway();
        var calls = new[]
        {
            () => app.Visitor().GetAsync(link),
            () => app.Visitor().PostAsync(link, null),
            () => browser.GetAsync("/sessions"),
        };
        foreach (var call in calls)
        {
            using var answer = await call();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter?.Delta);
            Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync());
        }
        Assert.DoesNotContain(app.Log.Errors, e => e.Category.StartsWith("Portal", StringComparison.Ordinal));

        app.Proxy.ComeBack();
        using var list = await browser.GetAsync("/sessions");
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }
}
