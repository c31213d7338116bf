using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests.Plugins.BigBlueButton;

/// <summary>
/// A server on 127.0.0.1 that behaves like BigBlueButton: it checks the signature over the bytes that were sent, keeps its meetings, and
/// refuses with the status 200. It shares no code with the provider.
/// </summary>
internal sealed class FakeBigBlueButton : IAsyncDisposable
{
    public const string Secret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Room> rooms = new();
    private long time = 1531155809613;

    public HashAlgorithmName Algorithm { get; set; } = HashAlgorithmName.SHA256;

    /// <summary>Answers instead of what the server does; null for the ordinary one.</summary>
    public Func<string, HttpContext, Task<bool>>? Instead { get; set; }

    public ConcurrentQueue<(string Call, Dictionary<string, string> Query)> Calls { get; } = [];

    public sealed record Room(string CreateTime, Dictionary<string, string> Made);

    public IReadOnlyDictionary<string, Room> Rooms => rooms;

    private FakeBigBlueButton()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public static async Task<FakeBigBlueButton> StartAsync()
    {
        var fake = new FakeBigBlueButton();
        await fake.app.StartAsync();
        return fake;
    }

    /// <summary>Leads https calls of any server to this one, with every byte behind the host as it is.</summary>
    public HttpMessageHandler Handler => new Lead(new Uri(app.Urls.Single()));

    public void Forget(string meeting) => rooms.TryRemove(meeting, out _);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>What the real server does with a link that somebody opens.</summary>
    public Dictionary<string, string> Open(Uri url)
    {
        var call = Path.GetFileName(url.AbsolutePath);
        return Signed(call, url.Query) is { } query ? query : throw new InvalidOperationException("checksumError");
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var (path, query) = target.Split('?', 2) is [var p, var q] ? (p, q) : (target, "");
        var call = path["/bigbluebutton/api".Length..].TrimStart('/');
        if (Instead is not null && await Instead(call, http))
            return;
        http.Response.ContentType = "text/xml";
        if (call is "")
            await http.Response.WriteAsync(Xml("SUCCESS", "<version>2.0</version>"));
        else if (Signed(call, query) is not { } values)
            await http.Response.WriteAsync(Failed("checksumError"));
        else
        {
            Calls.Enqueue((call, values));
            await http.Response.WriteAsync(Do(call, values));
        }
    }

    private string Do(string call, Dictionary<string, string> query)
    {
        var id = query.GetValueOrDefault("meetingID") ?? "";
        switch (call)
        {
            case "create":
                var isNew = false;
                var room = rooms.GetOrAdd(id, _ =>
                {
                    isNew = true;
                    return new($"{Interlocked.Increment(ref time)}", query);
                });
                if (new[] { "attendeePW", "moderatorPW" }.Any(n => room.Made.GetValueOrDefault(n) != query.GetValueOrDefault(n)))
                    return Failed("idNotUnique");
                return Xml("SUCCESS", $"<meetingID>{id}</meetingID><createTime>{room.CreateTime}</createTime>"
                    + (isNew ? "" : "<messageKey>duplicateWarning</messageKey>"));
            case "getMeetingInfo":
                return rooms.TryGetValue(id, out var known)
                    ? Xml("SUCCESS", $"<createTime>{known.CreateTime}</createTime><voiceBridge>70757</voiceBridge>"
                        + $"<dialNumber>{known.Made.GetValueOrDefault("dialNumber") ?? "613-555-1234"}</dialNumber><attendees><attendee>"
                        + "<createTime>1</createTime><role>MODERATOR</role></attendee></attendees>")
                    : Failed("notFound");
            case "end":
                // As servers before 2.4 do.
                if (rooms.TryGetValue(id, out var ending) && ending.Made["moderatorPW"] != query.GetValueOrDefault("password"))
                    return Failed("invalidPassword");
                return rooms.TryRemove(id, out _) ? Xml("SUCCESS", "<messageKey>sentEndMeetingRequest</messageKey>") : Failed("notFound");
            case "getMeetings":
                return Xml("SUCCESS", "<meetings/><messageKey>noMeetings</messageKey>");
            default:
                return Failed("unsupportedRequest");
        }
    }

    /// <summary>The parameters, or null where the checksum is wrong.</summary>
    private Dictionary<string, string>? Signed(string call, string query)
    {
        var text = query.TrimStart('?');
        var at = text.LastIndexOf("checksum=", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var signed = text[..at].TrimEnd('&');
        var hash = CryptographicOperations.HashData(Algorithm, Encoding.UTF8.GetBytes(call + signed + Secret));
        if (!Convert.ToHexString(hash).Equals(text[(at + "checksum=".Length)..], StringComparison.OrdinalIgnoreCase))
            return null;
        // A parameter that is there twice would throw.
        return signed.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .ToDictionary(p => Uri.UnescapeDataString(p[0]), p => Uri.UnescapeDataString(p[1]));
    }

    public static string Failed(string key) => Xml("FAILED", $"<messageKey>{key}</messageKey><message>No.</message>");

    private static string Xml(string code, string inner) => $"<response><returncode>{code}</returncode>{inner}</response>";

    private sealed class Lead(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(server, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
