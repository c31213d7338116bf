using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Plugins.Jitsi;

public enum JitsiMode
{
    /// <summary>A server without tokens, such as meet.jit.si.</summary>
    Public,

    /// <summary>A server of one's own that checks tokens signed with a shared secret (HS256).</summary>
    SelfHosted,

    /// <summary>Jitsi as a service at 8x8.vc, with tokens signed by a private key (RS256).</summary>
    Jaas,
}

/// <summary>The settings under Providers:jitsi.</summary>
public sealed class JitsiOptions : IValidatableObject
{
    internal const int MinSecretLength = 32;

    public JitsiMode Mode { get; set; } = JitsiMode.Public;

    /// <summary>Host, with a port or one tenant where needed. Empty: meet.jit.si (Public), 8x8.vc (Jaas).</summary>
    [StringLength(300)]
    public string Domain { get; set; } = "";

    [StringLength(200)]
    public string AppId { get; set; } = "";

    [DataType(DataType.Password), StringLength(1000)]
    public string AppSecret { get; set; } = "";

    /// <summary>The id of the key in the JaaS console, with or without the AppId before it.</summary>
    [StringLength(300)]
    public string KeyId { get; set; } = "";

    /// <summary>PEM text, or the path of a PEM file.</summary>
    [DataType(DataType.Password), StringLength(20_000)]
    public string PrivateKey { get; set; } = "";

    /// <summary>The token's sub. With Jaas it is always the AppId.</summary>
    [Required, StringLength(200)]
    public string Subject { get; set; } = "*";

    [Required, StringLength(200)]
    public string Audience { get; set; } = "jitsi";

    [Required, StringLength(200)]
    public string RoomPattern { get; set; } = "itcom-session-{sessionId}-{version}-{random}";

    public bool StartAudioMuted { get; set; }

    public bool StartVideoMuted { get; set; }

    public bool RequireDisplayName { get; set; } = true;

    public bool PrejoinPage { get; set; } = true;

    /// <summary>How far tokens are back-dated: servers allow no difference between the clocks.</summary>
    [Range(10, 3600)]
    public int NotBeforeSeconds { get; set; } = 60;

    /// <summary>How long tokens outlive the planned end; they live an hour at least, and until the portal closes the session.</summary>
    [Range(30, 24 * 60)]
    public int TokenMinutesAfterEnd { get; set; } = 30;

    /// <summary>A JSON object whose members are added to the token's context.</summary>
    [StringLength(2000)]
    public string ExtraContext { get; set; } = "";

    internal bool UsesTokens => Mode != JitsiMode.Public;

    internal string TokenSubject => Mode == JitsiMode.Jaas ? AppId : Subject;

    internal string TokenIssuer => Mode == JitsiMode.Jaas ? "chat" : AppId;

    /// <summary>JaaS knows a key by the application and the key's own id.</summary>
    internal string TokenKeyId => KeyId.StartsWith(AppId + "/", StringComparison.Ordinal) ? KeyId : $"{AppId}/{KeyId}";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Problems().Where(p => p is not null).Select(p => new ValidationResult(p));

    private IEnumerable<string?> Problems()
    {
        yield return JitsiServer.Problem(this);
        yield return RoomName.Problem(this);
        yield return Plugins.Jitsi.ExtraContext.Problem(ExtraContext);
        if (Mode == JitsiMode.SelfHosted)
        {
            yield return AppId is "" ? Texts.AppIdMissing : null;
            yield return AppSecret.Length < MinSecretLength
                ? string.Format(CultureInfo.CurrentCulture, Texts.AppSecretShort, MinSecretLength) : null;
        }
        if (Mode == JitsiMode.Jaas)
        {
            yield return JitsiServer.IsJaasAppId(AppId) ? null : Texts.AppIdJaas;
            yield return KeyId is "" ? Texts.KeyIdMissing : null;
            yield return JaasKey.Problem(PrivateKey);
        }
    }
}
