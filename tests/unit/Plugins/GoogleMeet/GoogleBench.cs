using System.Text.Json;
using Plugins.GoogleMeet;
using Providers;
using Tests.Plugins.Vendors;
using Tests.Support;

namespace Tests.Plugins.GoogleMeet;

/// <summary>The plugin and a Google of its own.</summary>
internal sealed class GoogleBench : IAsyncDisposable
{
    public const string ClientSecret = "GOCSPX-of-the-portal";

    public GoogleBench() => Google = new FakeGoogle(Clock);

    public static string KeyJson { get; } = JsonSerializer.Serialize(new
    {
        type = "service_account",
        client_email = FakeGoogle.ServiceAccount,
        client_id = "104400000000000000000",
        private_key_id = "0a1b2c",
        private_key = FakeGoogle.Key.ExportPkcs8PrivateKeyPem(),
        token_uri = "https://elsewhere.example/token",
    });

    public static MeetingRequest Request =>
        Meetings.Request() with { MentorEmail = "maha@school.example", MentorAccount = FakeGoogle.Consent };

    public HurriedClock Clock { get; } = new(Meetings.Start);

    public FakeGoogle Google { get; }

    public TestLog Log { get; } = new();

    public static GoogleMeetOptions ByKey() => new() { ServiceAccountKey = KeyJson };

    public static GoogleMeetOptions ByConsent(string secret = ClientSecret) => new()
    {
        SignIn = GoogleSignIn.MentorAccounts,
        ClientId = "1-a.apps.googleusercontent.com",
        ClientSecret = secret,
    };

    public GoogleMeetProvider Provider(GoogleMeetOptions? options = null, TimeSpan? patience = null) =>
        new(new ProviderContext<GoogleMeetOptions>
        {
            Options = options ?? ByKey(),
            Http = new HttpClient(Google.Handler, disposeHandler: false) { Timeout = patience ?? TimeSpan.FromSeconds(10) },
            Logger = Log.CreateLogger("google-meet"),
            Clock = Clock,
            PublicUrl = new Uri("https://portal.example"),
        });

    public static async Task<ProviderException> RefusalAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<ProviderException>(call);
        // Google's own sentence names somebody; ours never do.
        Assert.DoesNotContain("maha", refusal.Message);
        return refusal;
    }

    public ValueTask DisposeAsync() => Google.DisposeAsync();
}
