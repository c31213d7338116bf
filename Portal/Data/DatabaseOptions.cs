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

    /// <summary>True: outside of Development, too, a database server elsewhere may be talked to in the clear.</summary>
    public bool AllowUnencrypted { get; set; }
}
