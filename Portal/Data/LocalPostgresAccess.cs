using Npgsql;

namespace Portal.Data;

/// <summary>
/// Who may do what in the embedded database. The server asks the kernel who is at its socket and lets in the user that runs the
/// portal; the running portal then has a role that can touch rows and nothing else, so that a hole in a query is no shell.
/// </summary>
internal static class LocalPostgresAccess
{
    public const string Portal = LocalPostgresServer.Owner + "_portal";

    private const string Map = "portal";

    /// <summary>Before each start: a folder made by an earlier version, or by another user, is put right.</summary>
    public static async Task WriteAsync(string cluster, LocalPostgresUser user, CancellationToken cancellationToken)
    {
        string[] roles = [LocalPostgresServer.Owner, Portal];
        // Whoever is root can become anybody anyway, and runs the command line.
        var users = new[] { await LocalPostgresUser.Current.RunAsync("/", ["id", "-un"], cancellationToken), "root" }.Distinct();
        await WriteAsync(Path.Combine(cluster, "pg_hba.conf"), roles.Select(r => $"local all {r} peer map={Map}"), user, cancellationToken);
        await WriteAsync(Path.Combine(cluster, "pg_ident.conf"), users.SelectMany(u => roles.Select(r => $"{Map} \"{u}\" {r}")), user,
            cancellationToken);
    }

    private static async Task WriteAsync(
        string file, IEnumerable<string> lines, LocalPostgresUser user, CancellationToken cancellationToken)
    {
        await using (var writer = new StreamWriter(PrivateFiles.Open(file, FileMode.Create, FileAccess.Write)))
        {
            await writer.WriteLineAsync("# Written by the portal at each start.");
            foreach (var line in lines)
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
        await user.OwnAsync(file, cancellationToken);
    }

    /// <summary>After each start. What migrations make later comes with the same rights.</summary>
    public static async Task GrantAsync(string ownerConnection, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnection);
        await using var command = source.CreateCommand($"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Portal}') THEN CREATE ROLE {Portal}; END IF;
            END $$;
            ALTER ROLE {Portal} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
            REVOKE ALL ON DATABASE {LocalPostgresServer.Owner} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {LocalPostgresServer.Owner} TO {Portal};
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO {Portal};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {Portal};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {Portal};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {Portal};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {Portal};
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
