using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Tests.Support;

namespace Tests.Data;

/// <summary>A whole portal, from outside, while its database is not there.</summary>
public sealed class PortalProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql, "Host=no-such-host.invalid;Database=majlis;Username=majlis")]
    [InlineData(DatabaseEngine.SqlServer, "Server=no-such-host.invalid;Database=majlis;User Id=majlis;Password=x;Connect Timeout=3")]
    public async Task A_host_that_does_not_exist_ends_the_start_with_one_sentence(DatabaseEngine engine, string connection)
    {
        using var portal = PortalProcess.Start(engine, connection, _folder.Path);
        var (code, output, errors) = await portal.EndAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(1, code);
        Assert.StartsWith("The database cannot be used (", errors);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", output);
    }

    [Theory, OnPostgreSql, OnSqlServer, Trait("Speed", "slow")]
    public async Task A_portal_that_is_told_to_stop_ends_although_its_database_is_away(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var proxy = new CuttingProxy(database);
        using var portal = PortalProcess.Start(engine, proxy.ConnectionString, _folder.Path);
        await RunsJobsAsync(database, portal);

        proxy.GoAway();
        await Task.Delay(TimeSpan.FromSeconds(2)); // until the jobs have noticed
        portal.Terminate();
        var (code, _, _) = await portal.EndAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, code);
    }

    private static async Task RunsJobsAsync(TestDatabase database, PortalProcess portal)
    {
        for (var i = 0; ; i++)
        {
            await using var db = database.Open();
            var running = await db.Database.SqlQuery<int>($"""
                SELECT CAST(COUNT(*) AS integer) AS "Value" FROM QRTZ_SCHEDULER_STATE
                """).SingleAsync();
            if (running > 0)
                return;
            Assert.False(portal.HasEnded, "The portal ended by itself.");
            Assert.True(i < 600, "It took too long.");
            await Task.Delay(100);
        }
    }
}
