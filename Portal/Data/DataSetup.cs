using Microsoft.EntityFrameworkCore;
using Portal.Data.Blobs;
using Portal.Data.PostgreSql;
using Portal.Data.SqlServer;
using Portal.Settings;

namespace Portal.Data;

public static class DataSetup
{
    public const string ConnectionName = "Portal";

    /// <summary>Of the role that owns the tables, where the running portal's does not.</summary>
    public const string MigrationsConnectionName = "Migrations";

    public static DatabaseEngine Engine(this IConfiguration configuration) =>
        configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.Provider ?? DatabaseEngine.PostgreSql;

    /// <summary>Empty where none is set.</summary>
    public static string PortalConnection(this IConfiguration configuration) => configuration.GetConnectionString(ConnectionName) switch
    {
        null or "" => "",
        // PostgreSQL spends longer on planning our queries than on running them. Who sets it otherwise (a pooler that
        // shares connections between transactions needs 0) comes last, and that counts.
        // Nothing that the portal does leaves a trace in a session of the server, so that none has to be wiped off.
        var set when configuration.Engine() == DatabaseEngine.PostgreSql => $"Max Auto Prepare=100;No Reset On Close=true;{set}",
        var set => set,
    };

    /// <summary>Brings the tables up to date, as their owner where it is set.</summary>
    public static async Task MigrateAsync(this PortalDbContext db, IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString(MigrationsConnectionName) is not { Length: > 0 } set)
        {
            await BringUpToDateAsync(db, cancellationToken);
            return;
        }
        // Without a pool: nothing of it is left behind for the running portal.
        var connection = set + ";Pooling=false";
        await using PortalDbContext owner = configuration.Engine() == DatabaseEngine.SqlServer
            ? SqlServerPortalDbContext.Open(connection) : PostgreSqlPortalDbContext.Open(connection);
        await BringUpToDateAsync(owner, cancellationToken);
    }

    // EF holds the whole model against the last migration's before it looks whether there is anything to do; a test has done so.
    private static async Task BringUpToDateAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await db.Database.MigrateAsync(cancellationToken);
    }

    public static IServiceCollection AddPortalData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPortalOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddPortalOptions<DataOptions>(DataOptions.Section);
        services.AddSingleton<DataFolder>();
        services.AddPortalBlobs();
        var connection = configuration.PortalConnection();
        return configuration.Engine() switch
        {
            DatabaseEngine.SqlServer => services.AddDbContextPool<PortalDbContext, SqlServerPortalDbContext>(
                o => SqlServerPortalDbContext.Configure(o, connection)),
            _ => services.AddDbContextPool<PortalDbContext, PostgreSqlPortalDbContext>(
                o => PostgreSqlPortalDbContext.Configure(o, connection)),
        };
    }
}
