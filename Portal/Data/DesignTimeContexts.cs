using Microsoft.EntityFrameworkCore.Design;
using Portal.Data.PostgreSql;
using Portal.Data.SqlServer;

namespace Portal.Data;

// What `dotnet ef migrations add NAME --context …` uses; neither needs a server.

internal sealed class PostgreSqlDesignTime : IDesignTimeDbContextFactory<PostgreSqlPortalDbContext>
{
    public PostgreSqlPortalDbContext CreateDbContext(string[] args) => PostgreSqlPortalDbContext.Open("Host=design-time");
}

internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerPortalDbContext>
{
    public SqlServerPortalDbContext CreateDbContext(string[] args) => SqlServerPortalDbContext.Open("Server=design-time");
}
