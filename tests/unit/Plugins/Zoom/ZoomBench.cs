using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plugins.Zoom;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Zoom;

/// <summary>A provider that talks to a Zoom of this machine's, and a clock for both.</summary>
public sealed class ZoomBench : IDisposable
{
    public const string WebhookSecret = "wh_test_secret_0123456789";

    internal TestClock Clock { get; } = new(Meetings.Start.AddDays(-7));

    internal FakeZoom Zoom { get; }

    internal ZoomOptions Options { get; }

    private ZoomProvider? provider;

    public ZoomBench()
    {
        Zoom = new FakeZoom(Clock);
        Options = Zoom.Options();
    }

    /// <summary>With the options as they are when it is first asked for.</summary>
    internal ZoomProvider Provider => provider ??= NewProvider();

    internal ZoomProvider NewProvider(HttpMessageHandler? http = null, ZoomOptions? options = null) => new(new ProviderContext<ZoomOptions>
    {
        Options = options ?? Options,
        Http = new HttpClient(http ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(2) },
        Logger = NullLogger.Instance,
        Clock = Clock,
        PublicUrl = new Uri("https://portal.example"),
    });

    internal static MeetingRequest Request => Meetings.Request() with { MentorEmail = "maha@example.org" };

    internal async Task<MeetingHandle> CreateAsync() => await Provider.CreateMeetingAsync(Request, default);

    internal async Task<Uri> JoinAsync(MeetingHandle handle, ParticipantRole role, Guid? person = null)
    {
        var join = Meetings.Join(handle, role);
        if (person is { } id)
            join = join with { Participant = join.Participant with { Id = id } };
        return Assert.IsType<RedirectTarget>(await Provider.GetJoinAsync(join, default)).Url;
    }

    /// <summary>What Zoom is told instead of somebody's address.</summary>
    internal static string AddressOf(Guid person) =>
        $"{person:n}.{Convert.ToHexStringLower(HMACSHA256.HashData("s3cret"u8, person.ToByteArray()))[..16]}@portal.example";

    internal WebhookCall Signed(string body, string? secret = null) =>
        Signed(body, Clock.GetUtcNow().ToUnixTimeSeconds().ToString(), secret);

    internal static WebhookCall Signed(string body, string stamp, string? secret = null)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? WebhookSecret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}"));
        return Call(body, stamp, "v0=" + Convert.ToHexStringLower(signature));
    }

    internal static WebhookCall Call(string body, string stamp, string signature) => new("POST", "",
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["x-zm-request-timestamp"] = stamp,
            ["x-zm-signature"] = signature,
        }, Encoding.UTF8.GetBytes(body));

    public void Dispose() => Zoom.Dispose();
}
