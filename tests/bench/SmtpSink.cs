using System.Net;
using System.Net.Sockets;

namespace Bench;

/// <summary>
/// A mail server that takes everything as fast as it comes, and keeps nothing. On a port of its own until it is disposed.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private long _mails;

    public SmtpSink()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long Mails => Interlocked.Read(ref _mails);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _running;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }
        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        socket.NoDelay = true;
        var buffer = new byte[64 * 1024];
        var (filled, inContent) = (0, false);
        var answers = new List<byte>(256);
        answers.AddRange("220 sink ESMTP\r\n"u8);
        try
        {
            while (true)
            {
                await socket.SendAsync(answers.ToArray(), _end.Token);
                answers.Clear();
                while (answers.Count == 0)
                {
                    var read = await socket.ReceiveAsync(buffer.AsMemory(filled), _end.Token);
                    if (read == 0)
                        return;
                    filled = Take(buffer, filled + read, ref inContent, answers);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }
    }

    /// <summary>Answers what is whole, and keeps the rest at the buffer's start.</summary>
    private int Take(byte[] buffer, int filled, ref bool inContent, List<byte> answers)
    {
        var rest = buffer.AsSpan(0, filled);
        while (true)
        {
            if (inContent)
            {
                var end = rest.StartsWith(".\r\n"u8) ? -2 : rest.IndexOf("\r\n.\r\n"u8);
                if (end == -1)
                {
                    rest = rest[Math.Max(0, rest.Length - 4)..];
                    break;
                }
                rest = rest[(end + 5)..];
                inContent = false;
                Interlocked.Increment(ref _mails);
                answers.AddRange("250 2.0.0 taken\r\n"u8);
                continue;
            }
            var line = rest.IndexOf("\r\n"u8);
            if (line < 0)
                break;
            inContent = rest.StartsWith("DATA"u8);
            answers.AddRange(inContent ? "354 go on\r\n"u8
                : rest.StartsWith("EHLO"u8) ? "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 100000000\r\n"u8
                : rest.StartsWith("QUIT"u8) ? "221 2.0.0 bye\r\n"u8 : "250 2.1.0 fine\r\n"u8);
            rest = rest[(line + 2)..];
        }
        rest.CopyTo(buffer);
        return rest.Length;
    }
}
