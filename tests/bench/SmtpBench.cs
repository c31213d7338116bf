using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;
using Portal.Mail.Smtp;
using Portal.Settings;

namespace Bench;

/// <summary>The SMTP session alone, against a sink in the same process: the bare loop that dispatch is held against.</summary>
public static class SmtpBench
{
    private const int Mails = 20_000;

    public static async Task RunAsync(World world)
    {
        await using var sink = new SmtpSink();
        var sender = new SmtpMailSender(
            Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, Security = SmtpSecurity.None }),
            world.Services.GetRequiredService<PublicAddress>());
        await SendAsync(sender, 1, 1_000, Message); // warm up
        foreach (var connections in new[] { 1, 8 })
        {
            var (seconds, times) = await SendAsync(sender, connections, Mails, Message);
            Console.WriteLine($"{connections} connection(s): {Mails / seconds:0} mails/s of {Message.Length / 1024.0:0.0} KB; {times}");
        }
    }

    private static readonly byte[] Message = Encoding.ASCII.GetBytes(
        "From: <a@bench.example>\r\nTo: <b@bench.example>\r\nSubject: Bench\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x',
        76) + "\r\n", 160)));

    internal static async Task<(
        double Seconds, Times Times)> SendAsync(IMailSender sender, int connections, int mails, ReadOnlyMemory<byte> message)
    {
        var all = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var took = new List<double>(mails / connections);
            await using var session = await sender.OpenAsync(CancellationToken.None);
            for (var i = 0; i < mails / connections; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var mail = new OutgoingMail(Guid.NewGuid(), "1@bench.example", DateTimeOffset.UnixEpoch, "a@bench.example",
                    ["b@bench.example"], message);
                var result = await session.SendAsync(mail, CancellationToken.None);
                if (result.Verdict != SendVerdict.Accepted)
                    throw new InvalidOperationException(result.Text);
                took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            return took;
        })));
        return (all.Elapsed.TotalSeconds, new(times.SelectMany(t => t)));
    }
}
