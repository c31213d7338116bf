using System.Net;
using System.Net.Sockets;
using System.Text;
using Portal.Mail.Delivery;
using Portal.Mail.Smtp;

namespace Tests.Mail.Smtp;

/// <summary>Whatever bytes come, a mail's fate is told: no exception, no waiting for ever.</summary>
public sealed class SmtpHostileTests
{
    private static readonly string[] Pieces =
        ["220 hi\r\n", "250-a\r\n", "250 SIZE 99\r\n", "250-AUTH PLAIN\r\n", "250 PIPELINING\r\n", "250 ok\r\n", "354 go\r\n", "550 no\r\n",
        "421 bye\r\n", "334 \r\n", "\r\n", "\n", "\0", "250", "999 \r\n", "\u0016\u0003\u0001"];

    [Fact]
    public async Task Bytes_at_random_never_hang_nor_throw()
    {
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 300; seed++)
        {
            var result = await OneAsync(new Random(seed)).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.True(Enum.IsDefined(result.Verdict) && result.Recipients.Count == 2, $"Seed {seed}");
            seen.Add($"{result.Verdict} {result.Stage}");
        }
        Assert.True(seen.Count >= 5, string.Join(", ", seen)); // it came to many places
    }

    private static async Task<SendResult> OneAsync(Random random)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var bytes = new List<byte>();
        if (random.Next(3) > 0)
            bytes.AddRange("220 hi\r\n250 PIPELINING\r\n"u8.ToArray());
        for (var i = random.Next(12); i > 0; i--)
        {
            if (random.Next(5) > 0)
                bytes.AddRange(Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)]));
            else
                bytes.AddRange(Enumerable.Range(0, random.Next(4000)).Select(_ => (byte)random.Next(256)));
        }
        var serving = ServeAsync(listener, [.. bytes]);
        var options = new SmtpOptions
        {
            Host = "localhost",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            Security = (SmtpSecurity)(random.Next(10) / 8)
        };
        var mail = SmtpTestBase.Mail(["a@example.org", "b@example.org"]);
        var session = await SmtpMailSender.OpenAsync(options, "portal.test", SmtpTestBase.Every(TimeSpan.FromMilliseconds(300)), null,
            CancellationToken.None);
        var result = await session.SendAsync(mail, CancellationToken.None);
        await session.DisposeAsync();
        await serving;
        return result;
    }

    /// <summary>Says all it has, then ends its side, and listens on.</summary>
    private static async Task ServeAsync(TcpListener listener, byte[] bytes)
    {
        using var client = await listener.AcceptTcpClientAsync();
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(bytes);
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
        }
    }
}
