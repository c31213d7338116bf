using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Sessions.Booking;
using Portal.Tickets;

namespace Bench;

/// <summary>The door: a page shown and a button pressed, beside an endpoint that does nothing and beside the two statements alone.</summary>
internal static class JoinBench
{
    private const int Workers = 32;
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(World world)
    {
        var links = await LinksAsync(world, 20);
        using var client = world.Client();
        var bare = await BareAsync();
        var database = await MeasureAsync((_, i) => TwoStatementsAsync(world, links[i % links.Count].Participant));
        var shown = await MeasureAsync(async (_, i) => (await client.GetAsync(links[i % links.Count].Path)).Dispose());
        var pressed = await MeasureAsync(async (_, i) => (await client.PostAsync(links[i % links.Count].Path, null)).Dispose());
        Console.WriteLine($"  bare endpoint       {bare,8:0} a second");
        Console.WriteLine($"  two statements      {database,8:0} a second");
        Console.WriteLine($"  door shown (GET)    {shown,8:0} a second, {shown / bare:0.00} of the bare endpoint");
        Console.WriteLine($"  button pressed      {pressed,8:0} a second, {pressed / bare:0.00} of the bare endpoint, {pressed / database:0.00} of the two statements");
    }

    private static async Task<List<(Guid Participant, string Path)>> LinksAsync(World world, int count)
    {
        var links = new List<(Guid, string)>();
        foreach (var mentor in await world.PeopleAsync(count, mentors: true))
        {
            await using var scope = world.Services.CreateAsyncScope();
            var session = (await scope.ServiceProvider.GetRequiredService<InstantService>().OpenAsync(mentor.Id, "Bench", 240, default))!;
            var own = session.MentorPart;
            links.Add((own.Id, (await scope.ServiceProvider.GetRequiredService<JoinLinks>().ForAsync(own.Id, own.LinkVersion, default)).AbsolutePath));
        }
        return links;
    }

    private static async Task<double> BareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/", () => "ok");
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new(app.Urls.First()) };
        return await MeasureAsync(async (_, _) => (await client.GetAsync("/")).Dispose());
    }

    /// <summary>What no join can do without: read one row, write one event, each as the database sees it.</summary>
    private static async Task TwoStatementsAsync(World world, Guid participant)
    {
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using var read = new NpgsqlCommand("""SELECT "SessionId" FROM "Participants" WHERE "Id" = $1""", connection) { Parameters = { new() { Value = participant } } };
        var session = (Guid)(await read.ExecuteScalarAsync())!;
        await using var write = new NpgsqlCommand(
            """INSERT INTO "meeting_events" ("Id", "SessionId", "ParticipantId", "Kind", "AtUtc") VALUES ($1, $2, $3, 'Joined', now())""", connection)
        {
            Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = session }, new() { Value = participant } },
        };
        await write.ExecuteNonQueryAsync();
    }

    private static async Task<double> MeasureAsync(Func<int, int, Task> act)
    {
        for (var i = 0; i < 200; i++)
            await act(0, i);
        var done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            while (clock.Elapsed < Run)
                await act(worker, Interlocked.Increment(ref done));
        })));
        return done / clock.Elapsed.TotalSeconds;
    }
}
