using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Bench;

/// <summary>PostgreSQL's own program, which sends statements as fast as one can.</summary>
internal static class PgBench
{
    /// <param name="scripts">Taken by chance.</param>
    public static async Task<Measured> RunAsync(string connection, IReadOnlyList<string> scripts, int connections, TimeSpan time)
    {
        var folder = Directory.CreateTempSubdirectory("majlis-pgbench-");
        try
        {
            var to = new NpgsqlConnectionStringBuilder(connection);
            var seconds = time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            List<string> arguments =
            [
                "--protocol=simple", "--no-vacuum", $"--client={connections}", "--jobs=2", $"--time={seconds}", "--log", "--log-prefix=log",
                "--host", to.Host!, "--username", to.Username!, to.Database!,
            ];
            for (var i = 0; i < scripts.Count; i++)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{i}.sql"), scripts[i]);
                arguments.InsertRange(0, ["--file", $"{i}.sql"]);
            }
            using var process = Process.Start(new ProcessStartInfo("pgbench", arguments)
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0 || !(await said).Contains("number of failed transactions: 0", StringComparison.Ordinal))
                throw new InvalidOperationException(await said + await errors);
            // client, transaction, microseconds, …
            var times = folder.EnumerateFiles("log.*").SelectMany(f => File.ReadLines(f.FullName))
                .Select(line => double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000).ToList();
            return Measured.Of(times, time.TotalSeconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
