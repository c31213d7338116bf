using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Data.PostgreSql;
using Portal.Data.SqlServer;

namespace Tests.Support;

/// <summary>A migrated database of a test's (or a test class's) own, dropped after it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(DatabaseEngine engine, string connectionString) => (Engine, ConnectionString) = (engine, connectionString);

    public DatabaseEngine Engine { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseEngine engine = DatabaseEngine.PostgreSql)
    {
        if (engine == DatabaseEngine.PostgreSql)
            return new(engine, await TestServer.CreateDatabaseAsync());

        var database = new TestDatabase(engine, $"{SqlServerForTests.ConnectionString};Initial Catalog=majlis_test_{Guid.NewGuid():N}");
        await using var context = database.Open();
        await context.Database.MigrateAsync();
        return database;
    }

    /// <summary>A context as a request or a job gets it. To be disposed.</summary>
    public PortalDbContext Open() => Engine == DatabaseEngine.PostgreSql
        ? PostgreSqlPortalDbContext.Open(ConnectionString)
        : SqlServerPortalDbContext.Open(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (Engine == DatabaseEngine.PostgreSql)
        {
            await TestServer.DropDatabaseAsync(ConnectionString);
            return;
        }
        await using var context = Open();
        await context.Database.EnsureDeletedAsync();
    }
}
