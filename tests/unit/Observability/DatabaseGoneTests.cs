using System.Net;
using Npgsql;
using Tests.Support;

namespace Tests.Observability;

/// <summary>The database goes away under the running portal, and comes back.</summary>
public sealed class DatabaseGoneTests
{
    private static async Task AllowAsync(TestDatabase database, bool allow)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Database =
            "postgres",
            Pooling = false
        });
        await using var close = source.CreateCommand($"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {(allow ? "true" : "false")}");
        await close.ExecuteNonQueryAsync();
        if (allow)
            return;
        await using var end = source.CreateCommand($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await end.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task While_the_database_is_gone_the_portal_asks_for_patience_and_afterwards_it_is_well_again()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MenteePart);
        var (program, browser) = (await scene.ProgramAsync(session.Mentee), await scene.BrowserAsync(session.Mentee));
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await AllowAsync(app.Database, false);
        try
        {
            foreach (var call in new Func<Task<HttpResponseMessage>>[]
            {
                () => app.Visitor().GetAsync(link),
                () => app.Visitor().PostAsync(link, null),
                () => browser.GetAsync("/sessions"),
                () => program.GetAsync("/api/v1/sessions"),
                () => program.PostAsync($"/api/mentoring/session/{session.Id}/join", null),
            })
            {
                using var answer = await call();
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter?.Delta);
                Assert.DoesNotContain("Npgsql", await answer.Content.ReadAsStringAsync());
            }
            using var alive = await app.Visitor().GetAsync("/healthz");
            using var ready = await app.Visitor().GetAsync("/readyz");
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (alive.StatusCode, ready.StatusCode));
        }
        finally
        {
            await AllowAsync(app.Database, true);
        }

        using var again = await app.Visitor().GetAsync(link);
        using var list = await program.GetAsync("/api/v1/sessions");
        using var readyAgain = await app.Visitor().GetAsync("/readyz");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, list.StatusCode, readyAgain.StatusCode));
        Assert.DoesNotContain(app.Log.Errors, e => e.Category.StartsWith("Portal", StringComparison.Ordinal));
    }
}
