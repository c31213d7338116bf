using System.Diagnostics;
using System.Text;
using Npgsql;

namespace Portal.Data;

/// <summary>
/// The embedded database: the machine's own PostgreSQL on a folder of ours, reachable through a socket only, started
/// and stopped with the portal. Used where no connection string is set, and by the tests.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    /// <summary>Of the database and of its owner.</summary>
    private const string Name = LocalPostgresServer.Owner;

    private readonly FileStream? _lock;
    private readonly LocalPostgresServer? _server;

    private LocalPostgres(string socketFolder, FileStream? @lock = null, LocalPostgresServer? server = null)
    {
        ConnectionString = LocalPostgresServer.ConnectionTo(socketFolder, Name, LocalPostgresAccess.Portal);
        OwnerConnectionString = LocalPostgresServer.ConnectionTo(socketFolder, Name);
        (_lock, _server) = (@lock, server);
    }

    /// <summary>For the running portal, which reads and writes rows and can do nothing else.</summary>
    public string ConnectionString { get; }

    /// <summary>For migrations: the role that owns the tables, and the server.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>Starts the server on the data folder, which it makes when there is none. Only one portal can.</summary>
    /// <param name="durable">False: what was committed may be lost when the machine fails. For tests.</param>
    /// <exception cref="StartupException">Says what the operator can do.</exception>
    public static async Task<LocalPostgres> StartAsync(
        string dataFolder, CancellationToken cancellationToken = default, bool durable = true) =>
        await TryStartAsync(dataFolder, durable, cancellationToken) ?? throw new StartupException(
            $"Another portal is running on the data folder {dataFolder}: stop it, or give this one a folder of its own by Data:Folder.");

    /// <summary>For the command line: uses the server of a portal that is running, and leaves it running, or else starts one.</summary>
    public static async Task<LocalPostgres> StartOrAttachAsync(string dataFolder, CancellationToken cancellationToken = default)
    {
        for (var began = Stopwatch.StartNew(); began.Elapsed < LocalPostgresServer.Patience; await Task.Delay(100, cancellationToken))
        {
            if (await TryStartAsync(dataFolder, durable: true, cancellationToken) is { } started)
                return started;
            if (PostmasterFile.Read(Cluster(dataFolder))?.SocketFolder is { } socket
                && await LocalPostgresServer.AnswersAsync(socket, Name, cancellationToken))
                return new(socket);
        }
        throw new StartupException($"The portal that runs on {dataFolder} has no database that answers: look at its log.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            foreach (var used in new[] { ConnectionString, OwnerConnectionString })
            {
                await using var connection = new NpgsqlConnection(used);
                NpgsqlConnection.ClearPool(connection);
            }
            await _server.StopAsync();
        }
        if (_lock is not null)
            await _lock.DisposeAsync();
    }

    private static string Home(string dataFolder) => Path.Combine(dataFolder, "postgres");

    private static string Cluster(string dataFolder) => Path.Combine(Home(dataFolder), "pg");

    /// <summary>Null: somebody else has the folder.</summary>
    private static async Task<LocalPostgres?> TryStartAsync(string dataFolder, bool durable, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new StartupException("The embedded database needs Linux: set ConnectionStrings:Portal.");
        if (TakeLock(dataFolder) is not { } taken)
            return null;
        LocalPostgresServer? server = null;
        try
        {
            var user = await LocalPostgresUser.ChooseAsync(cancellationToken);
            var binaries = await LocalPostgresBinaries.FindAsync(Cluster(dataFolder), cancellationToken);
            await LocalPostgresOrphan.StopAsync(Cluster(dataFolder), user, cancellationToken);
            await RemoveLeftSocketAsync(taken, cancellationToken);
            await PrepareAsync(dataFolder, binaries, user, durable, cancellationToken);
            await LocalPostgresAccess.WriteAsync(Cluster(dataFolder), user, cancellationToken);
            server = await LocalPostgresServer.StartAsync(Cluster(dataFolder), binaries, user, durable, cancellationToken);
            await RememberSocketAsync(taken, server.SocketFolder, cancellationToken);
            await CreateDatabaseAsync(server, cancellationToken);
            await LocalPostgresAccess.GrantAsync(LocalPostgresServer.ConnectionTo(server.SocketFolder, Name), cancellationToken);
            return new(server.SocketFolder, taken, server);
        }
        catch
        {
            if (server is not null)
                await server.StopAsync();
            await taken.DisposeAsync();
            throw;
        }
    }

    private static FileStream? TakeLock(string dataFolder)
    {
        const int wouldBlock = 11;
        try
        {
            PrivateFiles.Folder(dataFolder);
            var file = Path.Combine(dataFolder, "postgres.lock");
            var taken = PrivateFiles.Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            PrivateFiles.Close(file);
            return taken;
        }
        catch (IOException e) when (e.HResult == wouldBlock)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data folder {dataFolder} cannot be written: give it to the user that runs the portal, or set Data:Folder.", e);
        }
    }

    // A portal that is killed leaves its socket's folder behind; the lock file says which, and the next start removes it.
    private static async Task RememberSocketAsync(FileStream taken, string socketFolder, CancellationToken cancellationToken)
    {
        taken.SetLength(0);
        await taken.WriteAsync(Encoding.UTF8.GetBytes(socketFolder), cancellationToken);
        await taken.FlushAsync(cancellationToken);
    }

    private static async Task RemoveLeftSocketAsync(FileStream taken, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(taken, leaveOpen: true);
        var left = await reader.ReadToEndAsync(cancellationToken);
        if (Path.GetFileName(left).StartsWith(Name + "-", StringComparison.Ordinal) && Directory.Exists(left))
            Directory.Delete(left, recursive: true);
    }

    private static async Task PrepareAsync(
        string dataFolder, LocalPostgresBinaries binaries, LocalPostgresUser user, bool durable, CancellationToken cancellationToken)
    {
        var home = Home(dataFolder);
        DataFolder.Create(home);
        await user.LetThroughAsync(dataFolder, cancellationToken);
        await user.OwnAsync(home, cancellationToken);
        if (Directory.Exists(Cluster(dataFolder)))
            return;

        // Whatever interrupts this leaves no half-made cluster behind that looks like one.
        var unfinished = Path.Combine(home, "pg.new");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        string[] command = [binaries.InitDb, "-D", unfinished, "-U", LocalPostgresServer.Owner, "--auth-local=peer",
            "--auth-host=reject", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"];
        await user.RunAsync(home, durable ? command : [.. command, "--no-sync"], cancellationToken);
        Directory.Move(unfinished, Cluster(dataFolder));
    }

    private static async Task CreateDatabaseAsync(LocalPostgresServer server, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(LocalPostgresServer.ConnectionTo(server.SocketFolder, "postgres"));
        await using var find = source.CreateCommand($"SELECT 1 FROM pg_database WHERE datname = '{Name}'");
        if (await find.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var create = source.CreateCommand($"CREATE DATABASE {Name}");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }
}
