using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Portal.Mail.Delivery;

namespace Tests.Mail;

/// <summary>A mail server that outlives the process that is killed: it counts a mail first and accepts it then.</summary>
internal sealed class CountingSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public CountingSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Which life of the process is talking, set by the test.</summary>
    public int Life { get; set; }

    public ConcurrentQueue<(string MessageId, int Life)> Received { get; } = [];

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            var life = Life; // what is still on the line when it is killed was its own
            client.NoDelay = true;
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            while (await reader.ReadLineAsync(_stop.Token) is { } messageId)
            {
                Received.Enqueue((messageId, life));
                await Task.Delay(Random.Shared.Next(4)); // so that a kill meets mails that are counted and not yet accepted
                await writer.WriteAsync("ok\n");
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other end was killed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>Sends to the sink, from whatever process.</summary>
    internal sealed class Sender(int port) : IMailSender
    {
        public async Task<IMailSession> OpenAsync(CancellationToken cancellationToken)
        {
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new Session(client);
        }
    }

    private sealed class Session(TcpClient client) : IMailSession
    {
        private readonly StreamReader _reader = new(client.GetStream());
        private readonly StreamWriter _writer = new(client.GetStream()) { AutoFlush = true };

        public bool SessionUsable => true;

        public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            await _writer.WriteAsync($"{mail.MessageId}\n".AsMemory(), cancellationToken);
            return await _reader.ReadLineAsync(cancellationToken) == "ok"
                ? SendResult.Accepted(mail.Recipients, "ok")
                : new(SendVerdict.InDoubt, SendScope.Connection, SendStage.Content, "The sink went away.");
        }

        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
