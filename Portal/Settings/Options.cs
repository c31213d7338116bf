using System.ComponentModel.DataAnnotations;
using Portal.Cultures;

namespace Portal.Settings;

// Every key of the configuration that is ours, one class a section. appsettings.Example.json explains each of them and
// a test holds the two against each other.

public sealed class PortalOptions
{
    public const string Section = "Portal";

    [Required, StringLength(40, MinimumLength = 1)]
    public string Name { get; set; } = "Majlis";

    /// <summary>The name in Arabic; empty means: the same as <see cref="Name"/>, or مجلس while that is the default.</summary>
    [StringLength(40)]
    public string NameArabic { get; set; } = "";

    /// <summary>What links in mails start with. Never taken from a request. In Development, empty means the address the server bound.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Addresses or networks (CIDR) of reverse proxies whose X-Forwarded-* headers are believed.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Outside of Production: answers Accept-Language: qps-ploc with every resource text in brackets, to find the others.</summary>
    public bool PseudoLocale { get; set; }

    public string NameIn(string language) => language != "ar" ? Name
        : NameArabic is not "" ? NameArabic
        : Name == "Majlis" ? "مجلس" : Name;
}

public enum DatabaseEngine
{
    PostgreSql,
    SqlServer,
}

public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public DatabaseEngine Provider { get; set; } = DatabaseEngine.PostgreSql;
}

public sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>Keys, the embedded database and, by default, the pickup folder. Empty: /var/lib/majlis for root, else the user's state folder.</summary>
    public string Folder { get; set; } = "";
}

public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>The key that wraps all other keys. Empty: master.key in the data folder, made at the first start.</summary>
    public string MasterKeyFile { get; set; } = "";
}

public enum MailTransport
{
    Pickup,
    Smtp,
}

public sealed class MailOptions
{
    public const string Section = "Mail";

    public MailTransport Transport { get; set; } = MailTransport.Pickup;

    /// <summary>Where the Pickup transport puts one .eml file per mail. Empty: mail in the data folder.</summary>
    public string PickupFolder { get; set; } = "";

    [Required, EmailAddress]
    public string FromAddress { get; set; } = "no-reply@majlis.example";

    /// <summary>Mails that one portal sends in a minute, over all its connections. 0: as many as can be.</summary>
    [Range(0, 100_000)]
    public int PerMinute { get; set; }

    /// <summary>Where answers to a mail go. Empty: to the address it came from.</summary>
    [RegularExpression(@"[^@\s<>,;]+@[^@\s<>,;]+")]
    public string ReplyTo { get; set; } = "";
}

public sealed class JoinOptions
{
    public const string Section = "Join";

    [Range(0, 24 * 60)]
    public int OpensMinutesBefore { get; set; } = 15;

    /// <summary>How long after its planned end a session can still be joined.</summary>
    [Range(0, 24 * 60)]
    public int SessionOverrunMinutes { get; set; } = 30;

    /// <summary>True: the mailed link is enough to join. False: the person must be signed in as well.</summary>
    public bool TicketAlone { get; set; } = true;

    /// <summary>True: mentees wait until the mentor has joined.</summary>
    public bool MentorOpensRoom { get; set; }

    /// <summary>How long after the start who is there waits before the other side can be recorded as missing.</summary>
    [Range(0, 120)]
    public int GraceMinutes { get; set; } = 10;
}

public sealed class BookingOptions
{
    public const string Section = "Booking";

    /// <summary>True: whoever moves a session proposes the time, and the other side agrees or not.</summary>
    public bool MovesNeedConsent { get; set; }

    /// <summary>Cancelling or moving later than this before the start is called late.</summary>
    [Range(0, 14 * 24)]
    public int LateHours { get; set; } = 24;

    /// <summary>True: people without an account may be invited, each by a link of their own.</summary>
    public bool Guests { get; set; } = true;

    /// <summary>Guests and observers in one session.</summary>
    [Range(0, 100)]
    public int MostGuests { get; set; } = 10;

    /// <summary>Minutes by which one session can be extended, all extensions together; 0 for none.</summary>
    [Range(0, 24 * 60)]
    public int MostExtension { get; set; } = 60;
}

public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public bool Enabled { get; set; } = true;

    [Range(1, 100_000)]
    public int SignInPerMinute { get; set; } = 10;

    [Range(1, 100_000)]
    public int JoinPerMinute { get; set; } = 60;

    [Range(1, 100_000)]
    public int TokensPerMinute { get; set; } = 20;

    [Range(1, 100_000)]
    public int BookingPerMinute { get; set; } = 20;
}

public sealed class CorsOptions
{
    public const string Section = "Cors";

    /// <summary>Origins whose pages may call the API from a browser. Empty: none.</summary>
    public string[] Origins { get; set; } = [];
}

public sealed class PluginOptions
{
    public const string Section = "Plugins";

    /// <summary>More folders with one folder per plugin, besides the providers folder beside the portal.</summary>
    public string[] Folders { get; set; } = [];

    [Range(1, 120)]
    public int CallTimeoutSeconds { get; set; } = 25;
}
