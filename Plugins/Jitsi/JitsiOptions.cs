using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

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

/// <summary>The settings under Providers:jitsi: where the server is and what its tokens say. The rest is in the other part.</summary>
public sealed partial class JitsiOptions : IValidatableObject
{
    internal const int MinSecretLength = 32;

    [Category("Server")]
    public JitsiMode Mode { get; set; } = JitsiMode.Public;

    /// <summary>Host, with a port or one tenant where needed. Empty: meet.jit.si (Public), 8x8.vc (Jaas).</summary>
    [Category("Server"), StringLength(300)]
    public string Domain { get; set; } = "";

    [Category("Server"), StringLength(200)]
    public string AppId { get; set; } = "";

    [Category("Server"), DataType(DataType.Password), StringLength(1000)]
    public string AppSecret { get; set; } = "";

    /// <summary>While one's own server is being set up, people meet on the public one; the check looks at one's own.</summary>
    [Category("Server")]
    public bool PublicWhileSettingUp { get; set; }

    /// <summary>The server's name in XMPP, which the check of tokens needs. Empty: as its config.js says.</summary>
    [Category("Server"), StringLength(200), RegularExpression("[a-z0-9.-]*")]
    public string XmppDomain { get; set; } = "";

    /// <summary>The id of the key in the JaaS console, with or without the AppId before it.</summary>
    [Category("Jaas"), StringLength(300)]
    public string KeyId { get; set; } = "";

    /// <summary>PEM text, or the path of a PEM file.</summary>
    [Category("Jaas"), DataType(DataType.Password), StringLength(20_000)]
    public string PrivateKey { get; set; } = "";

    /// <summary>The key that takes over: put in beforehand, tried by the check, used from the moment of <see cref="UseNextKey"/>.</summary>
    [Category("Jaas"), StringLength(300)]
    public string NextKeyId { get; set; } = "";

    [Category("Jaas"), DataType(DataType.Password), StringLength(20_000)]
    public string NextPrivateKey { get; set; } = "";

    [Category("Jaas")]
    public bool UseNextKey { get; set; }

    /// <summary>The token's sub. With Jaas it is always the AppId.</summary>
    [Category("Tokens"), Required, StringLength(200)]
    public string Subject { get; set; } = "*";

    /// <summary>The token's aud. With Jaas it is always jitsi.</summary>
    [Category("Tokens"), Required, StringLength(200)]
    public string Audience { get; set; } = "jitsi";

    /// <summary>How far tokens are back-dated: servers allow no difference between the clocks.</summary>
    [Category("Tokens"), Range(10, 3600)]
    public int NotBeforeSeconds { get; set; } = 60;

    /// <summary>How long tokens outlive the planned end; they live an hour at least, and until the portal closes the session.</summary>
    [Category("Tokens"), Range(30, 24 * 60)]
    public int TokenMinutesAfterEnd { get; set; } = 30;

    [Category("Tokens"), Range(30, 24 * 60)]
    public int GroupTokenMinutesAfterEnd { get; set; } = 30;

    [Category("Tokens"), Range(30, 24 * 60)]
    public int InstantTokenMinutesAfterEnd { get; set; } = 30;

    /// <summary>Also writes name, email, audio and video beside the context, for servers that read them there.</summary>
    [Category("Tokens")]
    public bool FlatClaims { get; set; }

    /// <summary>A JSON object whose members are added to the token's context.</summary>
    [Category("Tokens"), StringLength(2000)]
    public string ExtraContext { get; set; } = "";

    [Category("Rooms"), Required, StringLength(200)]
    public string RoomPattern { get; set; } = "itcom-session-{session}-{version}-{random}";

    /// <summary>Lets the pattern use {mentor} and {mentee}: room names stand in addresses, which others see and keep.</summary>
    [Category("Rooms")]
    public bool NamesInRooms { get; set; }

    /// <summary>0: as many as the server takes; never 1. Only JaaS can be told by the portal.</summary>
    [Category("Rooms"), Range(0, 500)]
    public int MaxParticipants { get; set; }

    /// <summary>An https address of a picture that stands in the room instead of Jitsi's mark.</summary>
    [Category("Rooms"), StringLength(300)]
    public string LogoUrl { get; set; } = "";

    /// <summary>Buttons in their order; empty: the usual ones. Those of features that are off are left out.</summary>
    [Category("Toolbar")]
    public string[] Toolbar { get; set; } = [];

    [Category("Toolbar")]
    public string[] PhoneToolbar { get; set; } = [];

    /// <summary>Where the server lists its phone numbers.</summary>
    [Category("Phone"), StringLength(300)]
    public string DialInNumbersUrl { get; set; } = "";

    /// <summary>Where the server tells a room's PIN.</summary>
    [Category("Phone"), StringLength(300)]
    public string DialInPinUrl { get; set; } = "";

    /// <summary>Where the server takes the order to end a room (mod_muc_end_meeting).</summary>
    [Category("Events"), StringLength(300)]
    public string EndMeetingUrl { get; set; } = "";

    /// <summary>Where the server keeps its rooms in XMPP. Empty: conference. and the host.</summary>
    [Category("Phone"), StringLength(200), RegularExpression("[a-z0-9.-]*")]
    public string MucDomain { get; set; } = "";

    /// <summary>What the server proves its reports with: the secret of the JaaS webhook, or the bearer token of one's own server.</summary>
    [Category("Events"), DataType(DataType.Password), StringLength(300)]
    public string WebhookSecret { get; set; } = "";

    internal bool UsesTokens => Mode != JitsiMode.Public && !PublicWhileSettingUp;

    internal string TokenSubject => Mode == JitsiMode.Jaas ? AppId : Subject;

    internal string TokenAudience => Mode == JitsiMode.Jaas ? "jitsi" : Audience;

    internal string TokenIssuer => Mode == JitsiMode.Jaas ? "chat" : AppId;

    internal bool IsOff(string name) => (JitsiChoice)typeof(JitsiOptions).GetProperty(name)!.GetValue(this)! == JitsiChoice.Off;

    /// <summary>The settings as they will be once people meet on the server that they describe.</summary>
    internal JitsiOptions OfOwnServer()
    {
        var own = (JitsiOptions)MemberwiseClone();
        own.PublicWhileSettingUp = false;
        return own;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        JitsiProblems.Of(this).Select(p => new ValidationResult(p.Text, [p.Setting]));
}
