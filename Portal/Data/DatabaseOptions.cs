namespace Portal.Data;

public enum DatabaseEngine
{
    PostgreSql,
    SqlServer,
}

public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public DatabaseEngine Provider { get; set; } = DatabaseEngine.PostgreSql;
}
