using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Providers;

namespace Plugins.Jitsi;

/// <summary>
/// The token that lets one person into one room. The claims are written here because servers are particular: no null anywhere,
/// the moderator as text, one audience, every feature. The library signs them as they are.
/// </summary>
internal sealed class JitsiToken(JitsiOptions options)
{
    /// <summary>Jitsi's request line has to hold it; servers' buffers begin to overflow at twice this.</summary>
    public const int MaxCharacters = 4000;

    private const int MaxEmailLength = 254;
    private const int MaxAvatarLength = 500;
    private static readonly TimeSpan MinLife = TimeSpan.FromHours(1);

    // Arabic stays two bytes a letter instead of six.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    // One set for all tokens: the library keeps what it made of a key, which takes longer than a signature.
    private readonly IReadOnlyList<JitsiKey> keys = JitsiKeys.Of(options);

    /// <summary>The key that signs first, then the one that will take over, or did.</summary>
    public IReadOnlyList<JitsiKey> Keys => keys;

    /// <summary>Of the key that signs.</summary>
    public byte[] Secret => keys[0].Secret;

    public string Write(string room, JoinRequest request, DateTimeOffset now) => Write(room, request, now, keys[0]);

    public string Write(string room, JoinRequest request, DateTimeOffset now, JitsiKey key)
    {
        var email = request.Participant.Email is { Length: > 0 and <= MaxEmailLength } some ? some : null;
        var avatar = request.Participant.Avatar is { IsAbsoluteUri: true, Scheme: "https", AbsoluteUri: { Length: <= MaxAvatarLength } uri }
            ? uri : null;
        return Fitting(avatar, email) ?? Fitting(null, email) ?? Fitting(null, null)
            ?? throw new ProviderException(ProviderFailure.NotConfigured, Texts.ExtraContextInvalid);

        string? Fitting(string? avatar, string? email) =>
            Handler.CreateToken(Claims(room, request, now, avatar, email), key.Credentials) is { Length: <= MaxCharacters } token
                ? token : null;
    }

    private string Claims(string room, JoinRequest request, DateTimeOffset now, string? avatar, string? email) => Json(writer =>
    {
        var (meeting, person) = (request.Meeting, request.Participant);
        var moderates = person.Role == ParticipantRole.Mentor;
        writer.WriteString("aud", options.TokenAudience);
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
        var on = JitsiSwitches.For(options, meeting.Choices);
        JitsiFeatures.Write(writer, person.Role, on);
        ExtraContext.Write(writer, options.ExtraContext);
        writer.WriteEndObject();
        if (options.FlatClaims)
            WriteFlat(writer, person, on, email);
    });

    private static void WriteFlat(Utf8JsonWriter writer, JoinParticipant person, JitsiSwitches on, string? email)
    {
        var observes = person.Role == ParticipantRole.Observer;
        writer.WriteString("name", PersonText.Clean(person.Name));
        if (email is not null)
            writer.WriteString("email", PersonText.Clean(email));
        writer.WriteBoolean("audio", !observes && !on[nameof(JitsiOptions.StartAudioMuted)]);
        writer.WriteBoolean("video", !observes && !on[nameof(JitsiOptions.StartVideoMuted)]);
    }

    public DateTimeOffset Expiry(JoinMeeting meeting, DateTimeOffset now) => new[]
    {
        meeting.End.AddMinutes(meeting.Kind switch
        {
            MeetingKind.Group => options.GroupTokenMinutesAfterEnd,
            MeetingKind.Instant => options.InstantTokenMinutesAfterEnd,
            _ => options.TokenMinutesAfterEnd,
        }),
        meeting.ClosesAt,
        now + MinLife,
    }.Max();

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Compact);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
