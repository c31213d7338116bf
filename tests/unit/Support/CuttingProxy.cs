using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.SqlClient;
using Npgsql;
using Portal.Data;

namespace Tests.Support;

/// <summary>Stands between a portal and its database, and cuts the connection at a statement that the test names.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> _open = [];
    private readonly DatabaseEngine _engine;
    private readonly EndPoint _server;
    private readonly int _port;
    private TcpListener _listener;
    private volatile Cut? _cut;
    private int _cuts;

    public CuttingProxy(TestDatabase database)
    {
        _engine = database.Engine;
        _listener = Listen(0);
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        (_server, ConnectionString) = _engine == DatabaseEngine.PostgreSql
            ? PostgreSql(database.ConnectionString) : SqlServer(database.ConnectionString);
    }

    private sealed record Cut(byte[] Statement, bool Arrives);

    public string ConnectionString { get; }

    /// <summary>How often a statement was met that was to be cut.</summary>
    public int Cuts => _cuts;

    /// <summary>The next time that this is sent, the connection breaks.</summary>
    /// <param name="arrives">The server gets it and does it; only its answer is lost.</param>
    public void CutAt(string statement, bool arrives = false) => _cut = new(
        (_engine == DatabaseEngine.PostgreSql ? Encoding.UTF8 : Encoding.Unicode).GetBytes(statement), arrives);

    /// <summary>Breaks all connections and refuses new ones.</summary>
    public void GoAway()
    {
        _listener.Stop();
        foreach (var socket in _open.Keys)
            socket.Dispose();
    }

    public void ComeBack() => _listener = Listen(_port);

    public ValueTask DisposeAsync()
    {
        GoAway();
        return ValueTask.CompletedTask;
    }

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It went away.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            _open[client] = 0;
            try
            {
                await server.ConnectAsync(_server);
                var line = new Line();
                await Task.WhenAny(PumpAsync(client, server, line, asks: true), PumpAsync(server, client, line, asks: false));
            }
            catch (SocketException)
            {
                // The server is gone: so is the client's connection.
            }
            _open.TryRemove(client, out _);
        }
    }

    private sealed class Line
    {
        public volatile bool AnswerIsLost;
    }

    private async Task PumpAsync(Socket from, Socket to, Line line, bool asks)
    {
        try
        {
            var buffer = new byte[1 << 16];
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (!asks && line.AnswerIsLost)
                    return;
                if (asks && _cut is { } cut && buffer.AsSpan(0, count).IndexOf(cut.Statement) >= 0)
                {
                    _cut = null;
                    Interlocked.Increment(ref _cuts);
                    if (!cut.Arrives)
                        return;
                    line.AnswerIsLost = true;
                }
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either side is gone: so is the other.
        }
    }

    // What is prepared is sent by a number: then no statement could be recognized.
    private (EndPoint, string) PostgreSql(string connection)
    {
        var own = new NpgsqlConnectionStringBuilder(connection);
        var server = new UnixDomainSocketEndPoint(Path.Combine(own.Host!, $".s.PGSQL.{own.Port}"));
        (own.Host, own.Port, own.MaxAutoPrepare) = ("127.0.0.1", _port, 0);
        return (server, own.ConnectionString);
    }

    private (EndPoint, string) SqlServer(string connection)
    {
        var own = new SqlConnectionStringBuilder(connection);
        var address = own.DataSource.Replace("tcp:", "", StringComparison.OrdinalIgnoreCase).Split(',');
        var server = new DnsEndPoint(address[0], address.Length > 1 ? int.Parse(address[1]) : 1433, AddressFamily.InterNetwork);
        (own.DataSource, own.Encrypt, own.ConnectTimeout) = ($"127.0.0.1,{_port}", SqlConnectionEncryptOption.Optional, 5);
        return (server, own.ConnectionString);
    }
}
