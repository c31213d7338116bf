using Npgsql;
using Portal;
using Portal.Data;
using Tests.Support;

namespace Tests.Data;

public sealed class LocalPostgresTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_data_is_still_there_after_a_restart()
    {
        await using (var first = await StartAsync())
            await RunAsync(first.OwnerConnectionString, "CREATE TABLE kept (name text); INSERT INTO kept VALUES ('ليلى')");

        await using var second = await StartAsync();
        Assert.Equal("ليلى", await RunAsync(second.OwnerConnectionString, "SELECT name FROM kept"));
    }

    [Fact]
    public async Task Arabic_text_is_understood_and_times_are_utc()
    {
        await using var postgres = await StartAsync();
        Assert.Equal("UTF8", await RunAsync(postgres.OwnerConnectionString, "SHOW server_encoding"));
        Assert.Equal("UTC", await RunAsync(postgres.OwnerConnectionString, "SHOW timezone"));
        Assert.Equal("é", await RunAsync(postgres.OwnerConnectionString, "SELECT lower('É')"));
    }

    [Fact]
    public async Task It_listens_on_no_network_address()
    {
        await using var postgres = await StartAsync();
        Assert.Equal("", await RunAsync(postgres.OwnerConnectionString, "SHOW listen_addresses"));
        var socketFolder = new NpgsqlConnectionStringBuilder(postgres.OwnerConnectionString).Host!;
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(socketFolder));
    }

    [Fact]
    public async Task The_running_portal_can_touch_rows_and_nothing_else()
    {
        await using var postgres = await StartAsync();
        await RunAsync(postgres.OwnerConnectionString, "CREATE TABLE later (n int GENERATED ALWAYS AS IDENTITY, name text)");
        var portal = postgres.ConnectionString;
        Assert.Equal("majlis_portal", await RunAsync(portal, "SELECT current_user"));
        Assert.Equal("False", await RunAsync(portal,
            "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication FROM pg_roles WHERE rolname = current_user"));
        Assert.Equal("1", await RunAsync(portal, "INSERT INTO later (name) VALUES ('x') RETURNING n"));
        foreach (var forbidden in new[]
        {
            "COPY (SELECT 1) TO PROGRAM 'id'", "COPY (SELECT 1) TO '/tmp/x'", "SELECT pg_read_file('/etc/passwd')", "CREATE TABLE mine (n int)",
            "CREATE SCHEMA mine", "CREATE DATABASE mine", "CREATE ROLE mine", "DROP TABLE later", "ALTER ROLE majlis_portal SUPERUSER",
            "SET ROLE majlis", "CREATE TEMP TABLE mine (n int)", "TRUNCATE later",
        })
            Assert.Equal((forbidden, "42501"), (forbidden, await RefusalAsync(portal, forbidden)));
    }

    [Fact]
    public async Task A_folder_that_trusted_everybody_is_put_right_at_the_next_start()
    {
        string cluster;
        await using (var made = await StartAsync())
        {
            cluster = await RunAsync(made.OwnerConnectionString, "SHOW data_directory");
            await RunAsync(made.OwnerConnectionString,
                "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7); DROP OWNED BY majlis_portal; DROP ROLE majlis_portal");
        }
        await File.WriteAllTextAsync(Path.Combine(cluster, "pg_hba.conf"), "local all all trust\nhost all all 127.0.0.1/32 trust\n");

        await using var next = await StartAsync();
        Assert.Equal("peer", await RunAsync(next.OwnerConnectionString, "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"));
        Assert.Equal("7", await RunAsync(next.ConnectionString, "SELECT n FROM kept"));
        // Nobody else's name opens the socket, whoever they say they are.
        var stranger = new NpgsqlConnectionStringBuilder(next.ConnectionString) { Username = "postgres" }.ConnectionString;
        Assert.Equal("28000", await RefusalAsync(stranger, "SELECT 1"));
    }

    private static async Task<string?> RefusalAsync(string connection, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(connection, sql))).SqlState;

    [Fact]
    public async Task A_second_portal_on_the_same_folder_is_refused_in_a_sentence()
    {
        await using var first = await StartAsync();
        var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);
        Assert.Contains("Another portal is running", refusal.Message);
        Assert.Contains(_folder.Path, refusal.Message);
    }

    [Fact]
    public async Task The_command_line_uses_the_running_server_and_leaves_it_running()
    {
        await using var running = await StartAsync();
        await using (var attached = await LocalPostgres.StartOrAttachAsync(_folder.Path))
            Assert.Equal("1", await RunAsync(attached.OwnerConnectionString, "SELECT 1"));

        Assert.Equal("2", await RunAsync(running.OwnerConnectionString, "SELECT 2"));
    }

    [Fact]
    public async Task The_command_line_starts_a_server_of_its_own_when_none_runs()
    {
        string folder;
        await using (var started = await LocalPostgres.StartOrAttachAsync(_folder.Path))
        {
            folder = new NpgsqlConnectionStringBuilder(started.OwnerConnectionString).Host!;
            Assert.Equal("1", await RunAsync(started.OwnerConnectionString, "SELECT 1"));
        }
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_portal_is_killed()
    {
        string socketFolder;
        using (var child = await ChildProcess.KeepingAsync(_folder.Path))
        {
            socketFolder = new NpgsqlConnectionStringBuilder(child.ConnectionString).Host!;
            await RunAsync(child.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
            await child.KillAsync();
        }
        await using var next = await StartAsync();
        Assert.Equal("7", await RunAsync(next.OwnerConnectionString, "SELECT n FROM kept"));
        Assert.False(Directory.Exists(socketFolder));
    }

    [Fact]
    public async Task A_server_that_outlived_its_portal_is_stopped_first()
    {
        string cluster;
        await using (var made = await StartAsync())
            cluster = await RunAsync(made.OwnerConnectionString, "SHOW data_directory");

        // Started without the tie to its parent that a portal's server has.
        var user = await LocalPostgresUser.ChooseAsync(default);
        var binaries = await LocalPostgresBinaries.FindAsync(cluster, default);
        using var sockets = new TempFolder();
        await user.OwnAsync(sockets.Path, default);
        await user.RunAsync(cluster,
            [Path.Combine(binaries.Folder, "pg_ctl"), "start", "-w", "-D", cluster, "-l", Path.Combine(cluster, "orphan.log"),
            "-o", $"-c listen_addresses= -k {sockets.Path}"], default);
        var orphan = PostmasterFile.Read(cluster)!.Process;

        await using (var next = await StartAsync())
            Assert.Equal("1", await RunAsync(next.OwnerConnectionString, "SELECT 1"));
        Assert.False(Directory.Exists($"/proc/{orphan}") && File.ReadAllText($"/proc/{orphan}/stat").Split(' ')[2] != "Z");
    }

    [Fact]
    public async Task A_process_number_that_now_belongs_to_something_else_does_not_stop_the_start()
    {
        string cluster;
        await using (var made = await StartAsync())
            cluster = await RunAsync(made.OwnerConnectionString, "SHOW data_directory");

        var user = await LocalPostgresUser.ChooseAsync(default);
        using var stranger = user.Server("/", ["sleep", "600"]);
        LocalPostgresUser.Start(stranger);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(cluster, "postmaster.pid"),
                $"{stranger.Id}\n{cluster}\n1700000000\n5432\n/tmp/gone\n\n  1 2\n");
            await using var next = await StartAsync();
            Assert.Equal("1", await RunAsync(next.OwnerConnectionString, "SELECT 1"));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task An_interrupted_first_start_is_begun_anew()
    {
        var unfinished = Path.Combine(_folder.Path, "postgres", "pg.new");
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "PG_VERSION"), "15\n");

        await using var postgres = await StartAsync();
        Assert.Equal("1", await RunAsync(postgres.OwnerConnectionString, "SELECT 1"));
        Assert.False(Directory.Exists(unfinished));
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_installed_is_left_alone()
    {
        var cluster = Path.Combine(_folder.Path, "postgres", "pg");
        Directory.CreateDirectory(cluster);
        await File.WriteAllTextAsync(Path.Combine(cluster, "PG_VERSION"), "9\n");
        var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);
        Assert.Contains("apt-get install postgresql-9", refusal.Message);
    }

    [Fact]
    public async Task A_broken_cluster_says_what_the_server_said()
    {
        string cluster;
        await using (var made = await StartAsync())
            cluster = await RunAsync(made.OwnerConnectionString, "SHOW data_directory");
        await File.AppendAllTextAsync(Path.Combine(cluster, "postgresql.conf"), "no_such_setting = 1\n");

        var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);
        Assert.Contains("no_such_setting", refusal.Message);
    }

    private Task<LocalPostgres> StartAsync() => LocalPostgres.StartAsync(_folder.Path, durable: false);

    private static async Task<string> RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync()) ?? "";
    }
}
