using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;

namespace Portal.Data;

/// <summary>One running server process.</summary>
internal sealed class LocalPostgresServer(Process process, string socketFolder, Task ended)
{
    /// <summary>The first role of the cluster, which owns everything in it.</summary>
    public const string Owner = "majlis";

    /// <summary>Enough for the recovery after a crash.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Queue<string> _said = [];

    public string SocketFolder => socketFolder;

    public static async Task<LocalPostgresServer> StartAsync(
        string cluster, LocalPostgresBinaries binaries, LocalPostgresUser user, bool durable, CancellationToken cancellationToken)
    {
        // A socket's path has at most 107 bytes: too few for many a data folder.
        var socketFolder = Directory.CreateTempSubdirectory(Owner + "-").FullName;
        await user.OwnAsync(socketFolder, cancellationToken);
        var process = user.Server(cluster, [binaries.Postgres, "-D", cluster, "-k", socketFolder, .. Settings(durable)]);

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = new LocalPostgresServer(process, socketFolder, ended.Task);
        process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        await RunAsync(process, ended);
        try
        {
            await server.ComesUpAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.StopAsync();
            throw;
        }
    }

    /// <summary>Returns when the process has started; the other task ends with it.</summary>
    private static Task RunAsync(Process process, TaskCompletionSource ended)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The server is interrupted when the thread that started it ends, so that thread must not be one of the pool.
        new Thread(() =>
        {
            try
            {
                LocalPostgresUser.Start(process);
                process.BeginErrorReadLine();
                started.SetResult();
                process.WaitForExit();
                ended.SetResult();
            }
            catch (Exception e)
            {
                started.TrySetException(e);
                ended.TrySetResult();
            }
        })
        { IsBackground = true, Name = "PostgreSQL" }.Start();
        return started.Task;
    }

    public async Task StopAsync()
    {
        if (!ended.IsCompleted)
            Interrupt(process.Id);
        await ended.WaitAsync(Patience);
        process.Dispose();
        Directory.Delete(socketFolder, recursive: true);
    }

    public static string ConnectionTo(string socketFolder, string database, string role = Owner) => new NpgsqlConnectionStringBuilder
    {
        Host = socketFolder,
        Username = role,
        Database = database,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public static async Task<bool> AnswersAsync(string socketFolder, string database, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(ConnectionTo(socketFolder, database));
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Makes a server end its connections and stop cleanly.</summary>
    public static void Interrupt(int process) => kill(process, 2);

    [DllImport("libc")]
    private static extern int kill(int process, int signal);

    private async Task ComesUpAsync(CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.StartNew(); !await AnswersAsync(socketFolder, "postgres", cancellationToken); await Task.Delay(20,
            cancellationToken))
        {
            if (ended.IsCompleted || began.Elapsed > Patience)
                throw new StartupException($"The embedded database does not start: {Said()}");
        }
    }

    private string Said()
    {
        lock (_said)
            return string.Join(" ", _said);
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            if (line is not null)
                _said.Enqueue(line);
            if (_said.Count > 10)
                _said.Dequeue();
        }
    }

    // Errors are logged without the statement and the values in it: those are people's data.
    private static IEnumerable<string> Settings(bool durable) =>
        new[]
        {
            "listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC",
            "log_min_error_statement=panic", "log_error_verbosity=terse", "max_connections=200",
        }
        .Concat(durable
            ? ["logging_collector=on", "log_directory=log", "log_filename=%a.log", "log_truncate_on_rotation=on", "log_rotation_age=1d"]
            : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"])
        .SelectMany(s => new[] { "-c", s });
}
