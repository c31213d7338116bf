using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Providers;

namespace Plugins.Jitsi;

/// <summary>
/// The token that lets one person into one room. Written by hand because servers are particular: no null anywhere, the
/// moderator as text, one audience, every feature.
/// </summary>
internal sealed class JitsiToken(JitsiOptions options)
{
    /// <summary>Jitsi's request line has to hold it; servers' buffers begin to overflow at twice this.</summary>
    public const int MostCharacters = 4000;

    private const int LongestEmail = 254;
    private const int LongestAvatar = 500;
    private static readonly TimeSpan ShortestLife = TimeSpan.FromHours(1);

    // Arabic stays two bytes a letter instead of six.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RSAParameters? key = options.Mode == JitsiMode.Jaas ? JaasKey.Read(options.PrivateKey) : null;

    public string Write(string room, JoinRequest request, DateTimeOffset now)
    {
        var email = request.Participant.Email is { Length: > 0 and <= LongestEmail } some ? some : null;
        var avatar = request.Participant.Avatar is { IsAbsoluteUri: true, Scheme: "https", AbsoluteUri: { Length: <= LongestAvatar } uri } ? uri : null;
        return Fitting(avatar, email) ?? Fitting(null, email) ?? Fitting(null, null)
            ?? throw new ProviderException(ProviderFailure.NotConfigured, Texts.ExtraContextInvalid);

        string? Fitting(string? avatar, string? email) =>
            Sign(Claims(room, request, now, avatar, email)) is { Length: <= MostCharacters } token ? token : null;
    }

    private byte[] Header() => Json(writer =>
    {
        writer.WriteString("alg", key is null ? "HS256" : "RS256");
        writer.WriteString("typ", "JWT");
        if (key is not null)
            writer.WriteString("kid", options.KeyId.StartsWith(options.AppId + "/", StringComparison.Ordinal) ? options.KeyId : $"{options.AppId}/{options.KeyId}");
    });

    private byte[] Claims(string room, JoinRequest request, DateTimeOffset now, string? avatar, string? email) => Json(writer =>
    {
        var (meeting, person) = (request.Meeting, request.Participant);
        var moderates = person.Role == ParticipantRole.Mentor;
        writer.WriteString("aud", options.Audience);
        writer.WriteString("iss", options.TokenIssuer);
        writer.WriteString("sub", options.TokenSubject);
        writer.WriteString("room", room);
        writer.WriteNumber("nbf", now.AddSeconds(-options.NotBeforeSeconds).ToUnixTimeSeconds());
        writer.WriteNumber("exp", Expiry(meeting, now).ToUnixTimeSeconds());
        writer.WriteBoolean("moderator", moderates);
        writer.WriteStartObject("context");
        writer.WriteStartObject("user");
        writer.WriteString("id", person.Id.ToString());
        writer.WriteString("name", PersonText.Clean(person.Name));
        if (email is not null)
            writer.WriteString("email", PersonText.Clean(email));
        if (avatar is not null)
            writer.WriteString("avatar", avatar);
        // Text, in lower case: servers take nothing else for a moderator everywhere.
        writer.WriteString("moderator", moderates ? "true" : "false");
        writer.WriteEndObject();
        writer.WriteString("group", meeting.Id.ToString());
        JitsiFeatures.Write(writer, person.Role);
        ExtraContext.Write(writer, options.ExtraContext);
        writer.WriteEndObject();
    });

    private DateTimeOffset Expiry(JoinMeeting meeting, DateTimeOffset now) => new[]
    {
        meeting.End.AddMinutes(options.TokenMinutesAfterEnd),
        meeting.ClosesAt,
        now + ShortestLife,
    }.Max();

    private string Sign(byte[] claims)
    {
        var signed = $"{Base64Url.EncodeToString(Header())}.{Base64Url.EncodeToString(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Base64Url.EncodeToString(key is { } rsaKey ? SignRsa(rsaKey, bytes) : HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.AppSecret), bytes))}";
    }

    // An instance a token: RSA does not promise to be used from several threads.
    private static byte[] SignRsa(RSAParameters key, byte[] bytes)
    {
        using var rsa = RSA.Create(key);
        return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Compact);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
