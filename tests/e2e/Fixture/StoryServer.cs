using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Data;
using Portal.Data.PostgreSql;

namespace Stories.Fixture;

/// <summary>One PostgreSQL for all portals of the stories, and a migrated database to copy: an embedded server each took seconds.</summary>
public sealed class StoryServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("majlis-stories-");
    private LocalPostgres? _postgres;
    private int _databases;

    public static async Task<StoryServer> StartAsync()
    {
        var server = new StoryServer();
        server._postgres = await LocalPostgres.StartAsync(server._folder.FullName, durable: false);
        // Without a pool: a database with an open connection cannot be copied.
        await using var context = PostgreSqlPortalDbContext.Open(server._postgres.OwnerConnectionString + ";Pooling=false");
        await context.Database.MigrateAsync();
        return server;
    }

    /// <returns>Connections for the portal and for its migrations.</returns>
    public async Task<(string Portal, string Owner)> CreateDatabaseAsync()
    {
        var name = $"stories{Interlocked.Increment(ref _databases)}";
        var owner = new NpgsqlConnectionStringBuilder(_postgres!.OwnerConnectionString);
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {owner.Database}");
        return (Named(_postgres.ConnectionString, name), Named(owner.ConnectionString, name));
    }

    public Task DropDatabaseAsync(string connection) =>
        RunAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Named(_postgres!.OwnerConnectionString, "postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Named(string connection, string database) =>
        new NpgsqlConnectionStringBuilder(connection) { Database = database }.ConnectionString;
}
