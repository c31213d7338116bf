using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Data;
using Portal.Sessions.Reminders;

namespace Bench;

/// <summary>The reminders of fifty thousand sessions fall due at once, beside the database writing the same rows by itself.</summary>
internal static class ReminderBench
{
    private const int Sessions = 50_000;

    public static async Task RunAsync(World world)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Scenes.SessionsAsync(world, Sessions, now.AddDays(1).AddHours(-1.5), withMails: false);
        await using (var scope = world.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            db.JobCheckpoints.Add(new() { Name = ReminderService.Checkpoint, ReachedUtc = now.AddHours(-2) });
            await db.SaveChangesAsync();
        }
        GC.Collect();
        var before = Environment.WorkingSet;
        using var end = new CancellationTokenSource();
        var peak = PeakAsync(end.Token);
        var clock = Stopwatch.StartNew();
        int queued;
        await using (var scope = world.Services.CreateAsyncScope())
            queued = await scope.ServiceProvider.GetRequiredService<ReminderService>().SweepAsync(CancellationToken.None);
        var sweep = clock.Elapsed.TotalSeconds;
        await end.CancelAsync();
        var (set, heap) = await peak;
        var raw = await RawAsync(world);
        if (queued != 2 * Sessions || raw.Rows != queued)
            throw new InvalidOperationException($"{queued} were queued and {raw.Rows} copied instead of {2 * Sessions}.");
        Console.WriteLine($"  {queued} reminders swept in {sweep:0.0} s ({queued / sweep:0} a second); INSERT ... SELECT of the same rows in {raw.Seconds:0.0} s; ratio {sweep / raw.Seconds:0.0}");
        Console.WriteLine($"  memory: at most {set >> 20} MB working set ({before >> 20} MB before), {heap >> 20} MB managed heap");
    }

    /// <summary>The rows that the sweep wrote, once more into the empty table.</summary>
    private static async Task<(int Rows, double Seconds)> RawAsync(World world)
    {
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using (var prepare =
            new NpgsqlCommand("CREATE TEMP TABLE swept AS SELECT * FROM outbox_messages; TRUNCATE outbox_messages, mail_attempts",
            connection))
            await prepare.ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO outbox_messages SELECT * FROM swept", connection) { CommandTimeout = 600 };
        var clock = Stopwatch.StartNew();
        var rows = await insert.ExecuteNonQueryAsync();
        return (rows, clock.Elapsed.TotalSeconds);
    }

    private static Task<(long Set, long Heap)> PeakAsync(CancellationToken end) => Task.Run(async () =>
    {
        var (set, heap) = (0L, 0L);
        while (!end.IsCancellationRequested)
        {
            (set, heap) = (Math.Max(set, Environment.WorkingSet), Math.Max(heap, GC.GetTotalMemory(false)));
            await Task.Delay(20, CancellationToken.None);
        }
        return (set, heap);
    }, CancellationToken.None);
}
