using Localization;

namespace Portal.Mail.Rendering;

/// <summary>
/// What every mail needs to know about its reader and this moment. Made for each rendering, never stored. Each family of mails
/// has one of its own that knows more.
/// </summary>
public record MailContext
{
    public required string RecipientName { get; init; }

    /// <summary><c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; init; }

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; init; }

    public required string ProductName { get; init; }

    /// <summary>The portal's public base address.</summary>
    public required Uri PublicAddress { get; init; }

    /// <summary>The moment of the rendering.</summary>
    public DateTimeOffset NowUtc { get; init; }

    /// <summary>Turns mails of this kind off by one POST (RFC 8058); null for mails that cannot be turned off.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary>Where the portal's people can be written to: an email or a web address; null where there is none.</summary>
    public string? Support { get; init; }

    /// <summary>Ends the mails of all kinds to this address by one POST; null for readers with an account, who choose there.</summary>
    public Uri? NoMailUrl { get; init; }

    public string Direction => Languages.Direction(Language);
}
