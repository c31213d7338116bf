using Localization;
using Portal.Settings;

namespace Portal.Mail.Rendering;

/// <summary>What a mail needs to know about its reader and this moment. Made for each rendering, never stored.</summary>
public sealed record MailContext
{
    public required string RecipientName { get; init; }

    /// <summary><c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; init; }

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; init; }

    public required string ProductName { get; init; }

    /// <summary>The portal's public base address.</summary>
    public required Uri PublicAddress { get; init; }

    /// <summary>How the session stands now, which may be later than the mail was written.</summary>
    public SessionStanding Standing { get; init; }

    /// <summary>When the session starts now, which may be another time than the mail was written for; null for a mail about none.</summary>
    public DateTimeOffset? SessionStartUtc { get; init; }

    /// <summary>The moment of the rendering.</summary>
    public DateTimeOffset NowUtc { get; init; }

    /// <summary>The reader runs the portal and has no part in the session that the mail is about.</summary>
    public bool IsForAdmin { get; init; }

    /// <summary>Null when the reader has no working link (any more).</summary>
    public Uri? JoinUrl { get; init; }

    /// <summary>The session's page; null for readers without an account, who cannot open it.</summary>
    public Uri? SessionUrl { get; init; }

    /// <summary>The link of a mail that is about something else than joining.</summary>
    public Uri? ActionUrl { get; init; }

    /// <summary>Turns mails of this kind off by one POST (RFC 8058); null for mails that cannot be turned off.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    public string Direction => Languages.Direction(Language);
}

public enum SessionStanding
{
    Open,

    /// <summary>The mentor has not answered yet.</summary>
    Requested,

    /// <summary>The reader waits for a seat in it.</summary>
    WaitingList,
    Cancelled,

    /// <summary>The session stands, the reader's link does not.</summary>
    Withdrawn,

    /// <summary>Somebody did not come.</summary>
    Missed,

    /// <summary>It has taken place.</summary>
    Over,
}
