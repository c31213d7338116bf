using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Tests.Plugins.Jitsi;

/// <summary>
/// A Jitsi server on a socket of this machine: its script, its settings, its phone lists and its sign-in, which judges tokens as
/// Prosody's module does, with code of its own.
/// </summary>
internal sealed class FakeJitsi : IAsyncDisposable
{
    private static readonly XNamespace Bosh = "http://jabber.org/protocol/httpbind";
    private static readonly XNamespace Sasl = "urn:ietf:params:xml:ns:xmpp-sasl";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, (string? Token, long Rid)> sessions = new();
    private readonly Task running;

    public FakeJitsi()
    {
        listener.Start();
        running = RunAsync();
    }

    public string Secret { get; init; } = JitsiBench.Secret;
    public string Issuer { get; init; } = "portal";
    public string Audience { get; init; } = "jitsi";
    public string XmppDomain { get; init; } = "meet.jitsi";
    public string ConfigJs { get; init; } =
        "var config = {};\n// config.hosts.domain = 'old.example';\nconfig.hosts = {};\nconfig.hosts.domain = 'meet.jitsi';";
    public string Script { get; init; } = "window.JitsiMeetExternalAPI = 1";
    public bool LetsInWithoutToken { get; init; }

    /// <summary>What the server's clock shows.</summary>
    public Func<DateTimeOffset> Clock { get; init; } = () => Support.Meetings.Start;

    /// <summary>Path, and what is answered instead of the usual: a status, "half", or "never".</summary>
    public Dictionary<string, string> Odd { get; } = [];

    public Dictionary<string, string> Pages { get; } = [];

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Leads everything that is sent to any host here.</summary>
    public HttpMessageHandler Way() => new Rewrite(((IPEndPoint)listener.LocalEndpoint).Port);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                var stream = client.GetStream();
                var (line, body) = await ReadAsync(stream);
                Asked.Enqueue(line);
                var path = line.Split(' ')[1];
                var (status, text) = Answer(path, body);
                if (status == "never")
                    await Task.Delay(Timeout.Infinite, stop.Token);
                var length = Encoding.UTF8.GetByteCount(text) + (status == "half" ? 100 : 0);
                var head = $"HTTP/1.1 {(status == "half" ? "200" : status)} X\r\nDate: {Clock():R}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(head + text), stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The other side went, or the test is over.
            }
    }

    private static async Task<(string Line, string Body)> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[16_384];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
                return (text.ToString().Split("\r\n")[0], "");
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            var length = all[..end].Split("\r\n").Where(h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                .Select(h => int.Parse(h.Split(':')[1])).SingleOrDefault();
            if (Encoding.UTF8.GetByteCount(all[(end + 4)..]) >= length)
                return (all.Split("\r\n")[0], all[(end + 4)..]);
        }
    }

    private (string Status, string Text) Answer(string address, string body)
    {
        var path = address.Split('?')[0];
        if (Odd.TryGetValue(path, out var odd))
            return (odd, odd == "half" ? "window.Jitsi" : "");
        if (Pages.TryGetValue(path, out var page))
            return ("200", page);
        return path switch
        {
            "/external_api.js" => ("200", Script),
            "/config.js" => ConfigJs is "" ? ("404", "") : ("200", ConfigJs),
            "/http-bind" => ("200", BoshAnswer(address, body)),
            _ => ("404", ""),
        };
    }

    private string BoshAnswer(string address, string body)
    {
        var stanza = XElement.Parse(body);
        var rid = long.Parse(stanza.Attribute("rid")!.Value);
        if (stanza.Attribute("sid")?.Value is not { } sid)
            return Open(address, stanza, rid);
        if (!sessions.TryGetValue(sid, out var session) || rid != session.Rid + 1)
            return Terminate("item-not-found");
        sessions[sid] = session with { Rid = rid };
        if (stanza.Attribute("type")?.Value == "terminate")
            return Terminate("");
        if (stanza.Element(Sasl + "auth")?.Attribute("mechanism")?.Value != "ANONYMOUS")
            return Terminate("undefined-condition");
        var refusal = Judge(session.Token);
        return new XElement(Bosh + "body", refusal is null ? new XElement(Sasl + "success")
            : new XElement(Sasl + "failure", new XElement(Sasl + "not-allowed"), new XElement(Sasl + "text", refusal))).ToString();
    }

    private string Open(string address, XElement stanza, long rid)
    {
        if (stanza.Attribute("to")?.Value != XmppDomain)
            return Terminate("host-unknown");
        var sid = Guid.NewGuid().ToString();
        var query = address.Split('?')[1].Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        sessions[sid] = (query.GetValueOrDefault("token"), rid);
        return new XElement(Bosh + "body", new XAttribute("sid", sid), new XAttribute("ver", "1.6")).ToString();
    }

    private static string Terminate(string condition) =>
        new XElement(Bosh + "body", new XAttribute("type", "terminate"), new XAttribute("condition", condition)).ToString();

    /// <summary>Null when the token is accepted; else what Prosody says.</summary>
    private string? Judge(string? token)
    {
        if (token is null)
            return LetsInWithoutToken ? null : "token required";
        if (token.Split('.') is not [var head, var claims, var signature])
            return "Invalid token";
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes($"{head}.{claims}"));
        if (!expected.AsSpan().SequenceEqual(System.Buffers.Text.Base64Url.DecodeFromChars(signature)))
            return "Invalid signature";
        var said = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(claims)).RootElement;
        var now = Clock().ToUnixTimeSeconds();
        return said.GetProperty("iss").GetString() != Issuer ? "invalid 'iss' claim"
            : said.GetProperty("aud").GetString() != Audience ? "invalid 'aud' claim"
            : now < said.GetProperty("nbf").GetInt64() ? "Not acceptable by nbf"
            : now >= said.GetProperty("exp").GetInt64() ? "Not acceptable by exp"
            : null;
    }

    private sealed class Rewrite(int port) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Host = "127.0.0.1", Port = port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
