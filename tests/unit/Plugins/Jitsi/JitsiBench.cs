using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Plugins.Jitsi;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Jitsi;

/// <summary>Jitsi under each kind of settings, and what its tokens say.</summary>
internal static class JitsiBench
{
    public const string Secret = "0123456789abcdef0123456789abcdef-and-more";
    public const string JaasApp = "vpaas-magic-cookie-0a1b2c3d";

    private static readonly Lazy<RSA> Key = new(() => RSA.Create(2048));

    private static readonly Lazy<RSA> Next = new(() => RSA.Create(2048));

    public static string NextPem => Next.Value.ExportPkcs8PrivateKeyPem();

    public static string NextPublicPem => Next.Value.ExportSubjectPublicKeyInfoPem();

    public static string PrivatePem => Key.Value.ExportPkcs8PrivateKeyPem();

    public static string PublicPem => Key.Value.ExportSubjectPublicKeyInfoPem();

    public static JitsiOptions SelfHosted() =>
        new() { Mode = JitsiMode.SelfHosted, Domain = "meet.example.org", AppId = "portal", AppSecret = Secret };

    public static JitsiOptions Jaas() => new() { Mode = JitsiMode.Jaas, AppId = JaasApp, KeyId = "a1b2c3", PrivateKey = PrivatePem };

    /// <summary>With everything on that a token can tell of.</summary>
    public static JitsiOptions Everything(JitsiOptions options)
    {
        foreach (var property in typeof(JitsiOptions).GetProperties().Where(p => p.PropertyType == typeof(JitsiChoice)))
            property.SetValue(options, JitsiChoice.On);
        options.E2ee = JitsiChoice.Off;
        options.FlatClaims = true;
        options.ExtraContext = """{ "school": { "id": 7, "name": "مدرسة" } }""";
        if (options.Mode == JitsiMode.Jaas)
            (options.NextKeyId, options.NextPrivateKey, options.UseNextKey) = ("next", NextPem, true);
        return options;
    }

    public static JitsiProvider Provider(JitsiOptions options, HttpMessageHandler? http = null, TestClock? clock = null) =>
        new(new ProviderContext<JitsiOptions>
        {
            Options = options,
            Http = new HttpClient(http ?? new SocketsHttpHandler()),
            Logger = NullLogger.Instance,
            Clock = clock ?? new TestClock(Meetings.Start),
            PublicUrl = new Uri("https://portal.example"),
        });

    public static string Token(
        JitsiOptions options, ParticipantRole role = ParticipantRole.Mentee, string room = "quiet-river", DateTimeOffset? now = null) =>
        new JitsiToken(options).Write(room, Meetings.Join(new MeetingHandle(room), role, email: "maha@example.org"), now ?? Meetings.Start);

    public static JsonElement Part(string token, int index) =>
        JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[index])).RootElement;

    public static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public static List<string> Problems(JitsiOptions options) => [.. options.Validate(new(options)).Select(r => r.ErrorMessage!)];
}
