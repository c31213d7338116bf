using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tests.Mail.Smtp;

/// <summary>An SMTP server that takes everything, except where the test says otherwise.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    /// <summary>Instead of an answer: closes the connection at once.</summary>
    public const string Drop = "\0drop";

    /// <summary>Instead of an answer: nothing, until the other side goes away.</summary>
    public const string Silence = "\0silence";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    public ScriptedServer()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string[] Extensions { get; set; } = ["PIPELINING", "SIZE 10000000", "8BITMIME"];

    /// <summary>What EHLO says after STARTTLS; null: the same.</summary>
    public string[]? ExtensionsInTls { get; set; }

    /// <summary>By the beginning of a command ("RCPT TO:&lt;a@", "." for the end of the content, "greeting"); without line end.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public bool ByteByByte { get; set; }

    /// <summary>Before each of those bytes.</summary>
    public TimeSpan ByteDelay { get; set; }

    public bool ImplicitTls { get; set; }

    public X509Certificate2? Certificate { get; set; }

    /// <summary>Comes in the same packet as the answer to STARTTLS.</summary>
    public string AfterStartTls { get; set; } = "";

    /// <summary>The connection ends once so many bytes of content have come.</summary>
    public int? DropsAfterBytes { get; set; }

    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>As they came, dots and all, without the end.</summary>
    public ConcurrentQueue<string> Contents { get; } = new();

    public string Said => string.Join('\n', Commands);

    public int Connections => _connections;

    private int _connections;

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
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
                await new Conversation(this, client).RunAsync(_end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private sealed class Conversation(ScriptedServer server, TcpClient client)
    {
        private readonly byte[] _buffer = new byte[8192];
        private int _at;
        private int _filled;
        private Stream _stream = client.GetStream();

        public async Task RunAsync(CancellationToken end)
        {
            client.NoDelay = true;
            if (server.ImplicitTls)
                await EncryptAsync(end);
            if (!await SayAsync(Scripted("greeting") ?? "220 sink.example ESMTP", end))
                return;
            while (await LineAsync(end) is { } command)
            {
                server.Commands.Enqueue(command);
                var answer = Scripted(command) ?? Usual(command);
                if (!await SayAsync(answer + (command == "STARTTLS" && server.AfterStartTls is not "" ? "\r\n" + server.AfterStartTls : ""),
                    end) || command == "QUIT")
                    return;
                if (command == "STARTTLS" && answer.StartsWith('2'))
                    await EncryptAsync(end);
                if (command.StartsWith("AUTH", StringComparison.Ordinal))
                    await AuthAsync(command, answer, end);
                if (command == "DATA" && answer.StartsWith('3')
                    && !(await ContentAsync(end) && await SayAsync(Scripted(".") ?? "250 2.0.0 Taken as 1A2B", end)))
                    return;
            }
        }

        private string Usual(string command) => command.Split(' ', ':')[0] switch
        {
            "EHLO" => string.Join("\r\n", ((_stream is SslStream ? server.ExtensionsInTls : null) ?? server.Extensions)
                .Prepend("sink.example")
                .Select((line, i) => (i < ((_stream is SslStream ? server.ExtensionsInTls : null) ?? server.Extensions).Length
                    ? "250-" : "250 ") + line)),
            "STARTTLS" => "220 2.0.0 Go on",
            "AUTH" => command.StartsWith("AUTH LOGIN", StringComparison.Ordinal) ? "334 VXNlcm5hbWU6" : "235 2.7.0 Welcome",
            "DATA" => "354 Go on",
            "QUIT" => "221 2.0.0 Bye",
            _ => "250 2.1.0 Fine",
        };

        private async Task AuthAsync(string command, string answer, CancellationToken end)
        {
            for (var words = 1; answer.StartsWith('3') && await LineAsync(end) is { } word; words++)
            {
                server.Commands.Enqueue(word);
                answer = Scripted($"word {words}")
                    ?? (command.StartsWith("AUTH LOGIN", StringComparison.Ordinal) && words == 1
                    ? "334 UGFzc3dvcmQ6" : "235 2.7.0 Welcome");
                await SayAsync(answer, end);
            }
        }

        private async Task<bool> ContentAsync(CancellationToken end)
        {
            var content = new StringBuilder();
            var count = 0;
            while (await LineAsync(end) is { } line)
            {
                if (line == ".")
                {
                    server.Contents.Enqueue(content.ToString());
                    return true;
                }
                content.Append(line).Append("\r\n");
                if ((count += line.Length + 2) > server.DropsAfterBytes)
                    return false;
            }
            return false;
        }

        private string? Scripted(string command) => server.Answers
            .Where(a => a.Key == "." ? command == "." : command.StartsWith(a.Key, StringComparison.Ordinal))
                .OrderByDescending(a => a.Key.Length).Select(a => a.Value).FirstOrDefault();

        private async Task<bool> SayAsync(string answer, CancellationToken end)
        {
            if (answer == Drop)
                return false;
            if (answer == Silence)
            {
                while (await ByteAsync(end) is not null)
                {
                }
                return false;
            }
            // Latin-1: tests say bytes.
            var bytes = Encoding.Latin1.GetBytes(answer + "\r\n");
            for (var i = 0; i < bytes.Length; i += server.ByteByByte ? 1 : bytes.Length)
            {
                if (server.ByteByByte)
                    await Task.Delay(server.ByteDelay, end);
                await _stream.WriteAsync(bytes.AsMemory(i, server.ByteByByte ? 1 : bytes.Length), end);
            }
            return true;
        }

        private async Task<string?> LineAsync(CancellationToken end)
        {
            var line = new List<byte>();
            while (await ByteAsync(end) is { } next)
            {
                line.Add(next);
                if (line.Count >= 2 && line[^2] == '\r' && line[^1] == '\n')
                    return Encoding.UTF8.GetString(line.ToArray().AsSpan(..^2));
            }
            return null;
        }

        private async ValueTask<byte?> ByteAsync(CancellationToken end)
        {
            if (_at == _filled)
                (_at, _filled) = (0, await _stream.ReadAsync(_buffer, end));
            return _filled == 0 ? null : _buffer[_at++];
        }

        private async Task EncryptAsync(CancellationToken end)
        {
            var tls = new SslStream(_stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, end);
            _stream = tls;
        }
    }
}
