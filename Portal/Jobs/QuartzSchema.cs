using Quartz;

namespace Portal.Jobs;

/// <summary>The scheduler's own tables, as the script that comes inside Quartz. It creates only what is missing.</summary>
public static class QuartzSchema
{
    public const string Prefix = "QRTZ_";

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
