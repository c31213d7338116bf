using Quartz;

namespace Portal.Data;

/// <summary>The scheduler's own tables, as the script that comes inside Quartz. It creates only what is missing.</summary>
public static class QuartzSchema
{
    public const string Prefix = "QRTZ_";

    /// <summary>In an order in which they can be dropped.</summary>
    public static IEnumerable<string> Tables =>
    [
        .. ((string[])
        [
            "SIMPLE_TRIGGERS", "CRON_TRIGGERS", "SIMPROP_TRIGGERS", "BLOB_TRIGGERS", "TRIGGERS", "JOB_DETAILS", "CALENDARS",
            "PAUSED_TRIGGER_GRPS", "PAUSED_JOB_GRPS", "FIRED_TRIGGERS", "SCHEDULER_STATE", "LOCKS", "EXECUTION_HISTORY",
            "MISFIRE_HISTORY", "JOB_STATUS",
        ]).Select(t => Prefix + t),
    ];

    public static IEnumerable<string> PostgreSql => Statements("create_postgres.sql");

    public static IEnumerable<string> SqlServer => Statements("create_sqlServer.sql");

    private static IEnumerable<string> Statements(string script)
    {
        var name = $"Quartz.Impl.AdoJobStore.Schema.{script}";
        using var stream = typeof(IScheduler).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This version of Quartz has no {name}.");
        // {1} is the prefix without a schema's name; ours has none.
        return new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n")
            .Split("\n--;;\n")
            .Select(s => s.Replace("{0}", Prefix).Replace("{1}", Prefix).Trim())
            .Where(s => s.Split('\n').Any(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("--", StringComparison.Ordinal)))
            .ToList();
    }
}
