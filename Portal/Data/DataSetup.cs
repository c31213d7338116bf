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

    public static string PortalConnection(this IConfiguration configuration) =>
        configuration.GetConnectionString(ConnectionName) ?? "";

    public static IServiceCollection AddPortalData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DataFolder>();
        var connection = configuration.PortalConnection();
        return configuration.Engine() switch
        {
            DatabaseEngine.SqlServer => services.AddDbContext<PortalDbContext, SqlServerPortalDbContext>(o => o.UseSqlServer(connection)),
            _ => services.AddDbContext<PortalDbContext, PostgreSqlPortalDbContext>(o => o.UseNpgsql(connection)),
        };
    }
}
