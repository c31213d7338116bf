using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Sessions.Booking;

namespace Bench;

/// <summary>
/// A program joins sessions, beside pgbench with the same two statements on the same socket, and beside an endpoint that
/// does nothing but redirect.
/// </summary>
internal static class JoinBench
{
    private const int Connections = 32;
    private const int Rounds = 6;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(5);

    public static readonly Dictionary<string, string> Settings = new()
    {
        ["Providers:jitsi:Mode"] = "SelfHosted",
        ["Providers:jitsi:Domain"] = "meet.bench.example",
        ["Providers:jitsi:AppId"] = "bench",
        ["Providers:jitsi:AppSecret"] = "a-secret-of-forty-characters-for-a-bench",
    };

    public static async Task RunAsync(World world)
    {
        var (requests, scripts) = await CallersAsync(world, 20);
        await using var bare = await BareAsync();
        byte[][] redirect = [RawCalls.Post("/", null)];
        await RawCalls.RunAsync(world.Port, requests, Connections, Warm);
        await RawCalls.RunAsync(PortOf(bare), redirect, Connections, Run / 5);
        var (joins, statements, redirects) = (new List<Measured>(), new List<Measured>(), new List<Measured>());
        for (var round = 0; round < Rounds; round++)
        {
            joins.Add(await RawCalls.RunAsync(world.Port, requests, Connections, Run));
            statements.Add(await PgBench.RunAsync(world.ConnectionString, scripts, Connections, Run));
            redirects.Add(await RawCalls.RunAsync(PortOf(bare), redirect, Connections, Run / 2));
        }
        var (join, two, nothing) = (Measured.Median(joins), Measured.Median(statements), Measured.Median(redirects));
        Console.WriteLine($"  bare redirect   {nothing}");
        Console.WriteLine($"  pgbench, simple {two}");
        Console.WriteLine($"  join            {join}");
        var (ofTwo, ofNothing) = (join.PerSecond / two.PerSecond, join.PerSecond / nothing.PerSecond);
        Console.WriteLine($"  the join is {ofTwo:0.00} of pgbench and {ofNothing:0.00} of the bare redirect (median of {Rounds})");
    }

    /// <summary>Mentors in sessions of their own: what each sends, and what the database does for it.</summary>
    private static async Task<(List<byte[]> Requests, List<string> Scripts)> CallersAsync(World world, int count)
    {
        var (requests, scripts) = (new List<byte[]>(), new List<string>());
        foreach (var mentor in await world.PeopleAsync(count, mentors: true))
        {
            await using var scope = world.Services.CreateAsyncScope();
            var session = (await scope.ServiceProvider.GetRequiredService<InstantService>().OpenAsync(mentor.Id, "Bench", 240, default)).Session!;
            requests.Add(RawCalls.Post($"/api/mentoring/session/{session.Id}/join", await world.TokenAsync(mentor)));
            scripts.Add(Statements(session.Id, mentor.Id, session.MentorPart.Id));
        }
        return (requests, scripts);
    }

    /// <summary>What no join can do without: read who stands there, and write that they came.</summary>
    private static string Statements(Guid session, Guid user, Guid participant) => $$"""
        SELECT s.id, p.id, p.user_id, p.role, p.link_version, p.withdrawn_utc, p.left_utc, p.waiting_since_utc, p.own_name, p.own_email,
            p.own_language, p.own_time_zone, u.display_name, u.email, u.language, u.time_zone, s.state, s.topic, s.mentor_id, m.display_name, s.start_utc,
            s.length_minutes, s.room_version, s.cancelled_utc, l.state, l.handle, a.provider_id
        FROM participants p
        JOIN sessions s ON s.id = p.session_id
        JOIN asp_net_users m ON m.id = s.mentor_id
        LEFT JOIN asp_net_users u ON u.id = p.user_id
        LEFT JOIN meeting_links l ON l.session_id = s.id AND l.room_version = s.room_version
        LEFT JOIN provider_accounts a ON a.id = l.provider_account_id
        WHERE p.session_id = '{{session}}' AND p.user_id = '{{user}}';
        INSERT INTO meeting_events (id, session_id, participant_id, kind, at_utc, decision, details)
        VALUES (gen_random_uuid(), '{{session}}', '{{participant}}', 'Joined', now(), 'Open',
            '{"by":"account","room":1,"provider":"jitsi","failure":null}');
        """;

    private static async Task<WebApplication> BareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", (HttpContext http) =>
        {
            http.Response.Headers.Location = "/meeting/0197a6f2-0000-7000-8000-000000000000";
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        });
        await app.StartAsync();
        return app;
    }

    private static int PortOf(WebApplication app) => new Uri(app.Urls.First()).Port;
}
