using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Rendering;
using Portal.Mail.Smtp;
using Portal.Settings;

namespace Bench;

/// <summary>
/// The outbox emptied: each mail read, drawn in its reader's language, sent with its invitation, and marked in a commit of its own.
/// Beside the SMTP session alone with the same bytes, and beside the commits alone.
/// </summary>
internal static class MailBench
{
    private static readonly int Mails =
        int.TryParse(Environment.GetEnvironmentVariable("PORTAL_BENCH_MAILS"), CultureInfo.InvariantCulture, out var set) ? set : 20_000;

    public static async Task RunAsync(World world)
    {
        await Scenes.SessionsAsync(world, Mails / 2, TimeProvider.System.GetUtcNow().AddDays(3), withMails: true);
        await using var sink = new SmtpSink();
        await DispatchAsync(world, sink, 2, Mails / 20); // pays for compiling
        var message = await ComposeOneAsync(world);
        Console.WriteLine($"  {Mails} mails of {message.Length / 1024.0:0.0} KB, two languages, each with its invitation");
        foreach (var connections in new[] { 1, 8 })
        {
            var bare = Mails / (await SmtpBench.SendAsync(Sender(world, sink, connections).Sender, connections, Mails, message)).Seconds;
            var marks = Mails / await MarkAsync(world, connections);
            var before = Environment.CpuUsage.TotalTime;
            var dispatch = Mails / await DispatchAsync(world, sink, connections, Mails);
            var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Mails;
            Console.WriteLine($"  {connections} connection(s): dispatch {dispatch,6:0} mails/s; SMTP alone {bare,6:0}, ratio {dispatch / bare:0.000}; commits alone {marks,6:0}, ratio {dispatch / marks:0.00}; {cpu:0.00} ms of CPU a mail, with the sink");
        }
    }

    private static (SmtpMailSender Sender, IOptions<SmtpOptions> Options) Sender(World world, SmtpSink sink, int connections)
    {
        var options = Options.Create(new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = sink.Port,
            Security = SmtpSecurity.None,
            Connections = connections
        });
        return (new(options, world.Services.GetRequiredService<PublicAddress>()), options);
    }

    private static async Task<double> DispatchAsync(World world, SmtpSink sink, int connections, int mails)
    {
        await ResetAsync(world, mails);
        var before = sink.Mails;
        var (sender, smtp) = Sender(world, sink, connections);
        var dispatcher = new MailDispatcher(world.Services.GetRequiredService<IServiceScopeFactory>(), sender, TimeProvider.System,
            world.Services.GetRequiredService<IOptions<MailOptions>>(), smtp, NullLogger<MailDispatcher>.Instance);
        var clock = Stopwatch.StartNew();
        await dispatcher.RunAsync(CancellationToken.None);
        var took = clock.Elapsed.TotalSeconds;
        if (sink.Mails - before != mails)
            throw new InvalidOperationException($"{sink.Mails - before} of {mails} mails have left.");
        return took;
    }

    /// <summary>As many as asked for wait again, on tables without the rows of the run before.</summary>
    private static async Task ResetAsync(World world, int mails)
    {
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using var reset = new NpgsqlBatch(connection);
        foreach (var statement in new[]
        {
            "TRUNCATE mail_attempts",
            "UPDATE outbox_messages SET state = 'Sent', attempts = 0, sent_utc = NULL",
            $"UPDATE outbox_messages SET state = 'Waiting' WHERE id IN (SELECT id FROM outbox_messages ORDER BY id LIMIT {mails})",
        })
            reset.BatchCommands.Add(new(statement));
        await reset.ExecuteNonQueryAsync();
        await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE outbox_messages, mail_attempts", connection);
        await vacuum.ExecuteNonQueryAsync();
    }

    private static async Task<ReadOnlyMemory<byte>> ComposeOneAsync(World world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Outbox.AsNoTracking().OrderBy(m => m.Id).FirstAsync();
        return (await scope.ServiceProvider.GetRequiredService<MailComposer>().ComposeAsync(row, default))!.Value.Mail.Message;
    }

    /// <summary>What no dispatch can do without: one row changed and one added, in a commit for each mail.</summary>
    private static async Task<double> MarkAsync(World world, int connections)
    {
        await ResetAsync(world, Mails);
        List<Guid> ids;
        await using (var scope = world.Services.CreateAsyncScope())
            ids = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Outbox.OrderBy(m => m.Id).Select(m => m.Id)
            .ToListAsync();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(ids.Chunk((ids.Count + connections - 1) / connections).Select(part => Task.Run(async () =>
        {
            await using var connection = new NpgsqlConnection(world.ConnectionString);
            await connection.OpenAsync();
            foreach (var id in part)
            {
                await using var mark = new NpgsqlBatch(connection);
                mark.BatchCommands.Add(new(
                    "UPDATE outbox_messages SET state = 'Sent', sent_utc = now(), attempts = 1 WHERE id = $1 AND state = 'Waiting'")
                {
                    Parameters = { new() { Value = id } },
                });
                mark.BatchCommands.Add(new("""
                    INSERT INTO mail_attempts (id, mail_id, at_utc, duration_ms, recipient, verdict, scope, stage, text)
                    VALUES ($1, $2, now(), 1, 'a@bench.example', 'Accepted', 'Message', 'Content', 'taken')
                    """)
                {
                    Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = id } },
                });
                await mark.ExecuteNonQueryAsync();
            }
        })));
        return clock.Elapsed.TotalSeconds;
    }
}
