namespace Portal.Data;

/// <summary>The machine's own PostgreSQL programs.</summary>
public sealed record LocalPostgresBinaries(int Major, string Folder)
{
    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The newest there are, or the ones that can read a folder another version does not understand.</summary>
    public static async Task<LocalPostgresBinaries> FindAsync(string cluster, CancellationToken cancellationToken)
    {
        var found = new List<LocalPostgresBinaries>();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        foreach (var folder in debian.Select(d => Path.Combine(d, "bin")).Concat(path))
        {
            if (File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
                found.Add(new(await MajorOfAsync(folder, cancellationToken), folder));
        }

        var version = Path.Combine(cluster, "PG_VERSION");
        if (File.Exists(version) && int.TryParse(await File.ReadAllTextAsync(version, cancellationToken), out var major))
        {
            return found.FirstOrDefault(b => b.Major == major) ?? throw new StartupException(
                $"The data in {cluster} belongs to PostgreSQL {major}, which is not installed: apt-get install postgresql-{major}, or set ConnectionStrings:Portal.");
        }
        return found.MaxBy(b => b.Major) ?? throw new StartupException(
            "PostgreSQL is not installed: apt-get install postgresql, or set ConnectionStrings:Portal.");
    }

    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "postgres (PostgreSQL) 18beta1"
    private static async Task<int> MajorOfAsync(string folder, CancellationToken cancellationToken)
    {
        var said = await LocalPostgresUser.Current.RunAsync("/", [Path.Combine(folder, "postgres"), "--version"], cancellationToken);
        var number = said.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(2) ?? "";
        return int.TryParse(string.Concat(number.TakeWhile(char.IsAsciiDigit)), out var major) ? major : 0;
    }
}
