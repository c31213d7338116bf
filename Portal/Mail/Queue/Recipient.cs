
namespace Portal.Mail.Queue;

/// <summary>Whom a mail goes to, and what the mail's row keeps of them. Without an address there is nobody to write to.</summary>
/// <param name="TimeZone">IANA id.</param>
public sealed record Recipient(string Address, string Name, string Language, string TimeZone)
{
    public Guid? UserId { get; init; }

    /// <summary>The session that the mail is about.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The reader's place in that session; null for somebody who has none.</summary>
    public Guid? ParticipantId { get; init; }

    /// <summary>Who it is in the keys of the outbox.</summary>
    internal string Key => ParticipantId is { } place ? $"{SessionId:N}:{place:N}" : $"{UserId:N}";
}
