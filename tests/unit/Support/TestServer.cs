using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Data;
using Portal.Data.PostgreSql;

namespace Tests.Support;

/// <summary>One PostgreSQL for the whole run, started when the first test asks for it, and a migrated database to copy.</summary>
internal static class TestServer
{
    private const string Template = "migrated";

    private static readonly SemaphoreSlim Copying = new(1);
    private static readonly Lazy<Task<(TempFolder Folder, LocalPostgres Postgres)>> Running = new(StartAsync);

    /// <summary>A new migrated database; a copy takes some 50 ms where the migrations would take seconds.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var server = (await Running.Value).Postgres.OwnerConnectionString;
        var name = "t" + Guid.NewGuid().ToString("N");
        await Copying.WaitAsync(); // two copies of one template at once are refused
        try
        {
            await RunAsync(server, $"CREATE DATABASE {name} TEMPLATE {Template}");
        }
        finally
        {
            Copying.Release();
        }
        return Named(server, name);
    }

    public static async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
            NpgsqlConnection.ClearPool(connection);
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await RunAsync((await Running.Value).Postgres.OwnerConnectionString, $"DROP DATABASE {name} WITH (FORCE)");
    }

    public static async Task StopAsync()
    {
        if (!Running.IsValueCreated)
            return;
        var (folder, postgres) = await Running.Value;
        await postgres.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<(TempFolder, LocalPostgres)> StartAsync()
    {
        var folder = new TempFolder();
        var postgres = await LocalPostgres.StartAsync(folder.Path, durable: false);
        await RunAsync(postgres.OwnerConnectionString, $"CREATE DATABASE {Template}");
        // Without a pool: a database with an open connection cannot be copied.
        await using var context = PostgreSqlPortalDbContext.Open(Named(postgres.OwnerConnectionString, Template) + ";Pooling=false");
        await context.Database.MigrateAsync();
        return (folder, postgres);
    }

    private static string Named(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, MaxPoolSize = 30 }.ConnectionString;

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
