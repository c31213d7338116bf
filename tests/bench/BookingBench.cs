using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;

namespace Bench;

/// <summary>500 bookings a second are offered, whether the portal keeps up or not.</summary>
internal static class BookingBench
{
    private const int PerSecond = 500;
    private const int Seconds = 10;

    public static async Task RunAsync(World world)
    {
        var random = new Random(20261121);
        var mentors = await world.PeopleAsync(60, mentors: true);
        var clients = new List<HttpClient>();
        foreach (var person in await world.PeopleAsync(120, mentors: false))
            clients.Add(world.Client(await world.TokenAsync(person)));
        var first = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(2);
        var answers = new ConcurrentBag<(int Status, double Time)>();
        async Task BookAsync(HttpClient client, Guid mentor, DateTimeOffset start)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.PostAsJsonAsync("/api/v1/sessions", new { mentorId = mentor, start, topic = "Bench" });
            answers.Add(((int)answer.StatusCode, watch.Elapsed.TotalMilliseconds));
        }
        // The first requests pay for compiling.
        for (var i = 0; i < 100; i++)
            await BookAsync(clients[i % clients.Count], mentors[i % mentors.Count].Id, first.AddHours(random.Next(24 * 50)));
        answers.Clear();

        var clock = Stopwatch.StartNew();
        var sent = new List<Task>();
        for (var i = 0; i < PerSecond * Seconds; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / PerSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            sent.Add(BookAsync(clients[random.Next(clients.Count)], mentors[random.Next(mentors.Count)].Id,
                first.AddHours(random.Next(24 * 50))));
        }
        await Task.WhenAll(sent);
        var took = clock.Elapsed.TotalSeconds;
        foreach (var status in answers.GroupBy(a => a.Status).OrderBy(g => g.Key))
            Console.WriteLine($"  {status.Key}: {status.Count()}");
        Console.WriteLine($"  {answers.Count / took:0} a second answered of {PerSecond} offered; {new Times(answers.Select(a => a.Time))}");
        Console.WriteLine($"  double bookings: {await DoubleAsync(world)}");
    }

    /// <summary>Pairs of sessions of one person that overlap, found without the ticks that should prevent them.</summary>
    private static async Task<int> DoubleAsync(World world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var all = await db.Participants.Where(p => p.UserId != null)
            .Select(p => new { p.UserId, p.Session.StartUtc, p.Session.LengthMinutes }).ToListAsync();
        return all.GroupBy(p => p.UserId).Sum(person => person.OrderBy(s => s.StartUtc).Zip(person.OrderBy(s => s.StartUtc).Skip(1))
            .Count(pair => pair.First.StartUtc.AddMinutes(pair.First.LengthMinutes) > pair.Second.StartUtc));
    }
}
