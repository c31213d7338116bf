using Microsoft.EntityFrameworkCore;
using Portal.Data.PostgreSql;
using Portal.Data.SqlServer;
using Portal.Settings;

namespace Portal.Data;

public static class DataSetup
{
    public const string ConnectionName = "Portal";

    public static DatabaseEngine Engine(this IConfiguration configuration) =>
        configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.Provider ?? DatabaseEngine.PostgreSql;

    /// <summary>Empty where none is set.</summary>
    public static string PortalConnection(this IConfiguration configuration) => configuration.GetConnectionString(ConnectionName) switch
    {
        null or "" => "",
        // PostgreSQL spends longer on planning our queries than on running them. Who sets it otherwise (a pooler that
        // shares connections between transactions needs 0) comes last, and that counts.
        var set when configuration.Engine() == DatabaseEngine.PostgreSql => $"Max Auto Prepare=100;{set}",
        var set => set,
    };

    public static IServiceCollection AddPortalData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPortalOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddPortalOptions<DataOptions>(DataOptions.Section);
        services.AddSingleton<DataFolder>();
        var connection = configuration.PortalConnection();
        return configuration.Engine() switch
        {
            DatabaseEngine.SqlServer => services.AddDbContext<PortalDbContext, SqlServerPortalDbContext>(o => o.UseSqlServer(connection)),
            _ => services.AddDbContext<PortalDbContext, PostgreSqlPortalDbContext>(o => o.UseNpgsql(connection)),
        };
    }
}
