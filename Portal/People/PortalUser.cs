using Localization;
using Microsoft.AspNetCore.Identity;
using Portal.Mail.Queue;

namespace Portal.People;

public class PortalUser : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary>One of <see cref="Languages.All"/>.</summary>
    public string Language { get; set; } = Languages.English;

    /// <summary>IANA id.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>
    /// Minutes before a session at which to be reminded, as <c>1440,60,15</c>; empty for never, null for what the installation does.
    /// </summary>
    public string? Reminders { get; set; }

    public DateTimeOffset CreatedUtc { get; set; }

    /// <summary>Rises when the person renews the address of their calendar feed; older addresses are then dead.</summary>
    public int FeedVersion { get; set; }

    /// <summary>When an administrator's reset of the second factor takes effect, unless the owner keeps it.</summary>
    public DateTimeOffset? SecondFactorResetUtc { get; set; }

    /// <summary>Of a password that the command line made: good until then, and for choosing another one only.</summary>
    public DateTimeOffset? PasswordUntilUtc { get; set; }

    /// <summary>Set when the account was deleted: the row stays for the sessions of others, without a name or an address.</summary>
    public DateTimeOffset? DeletedUtc { get; set; }

    /// <summary>Who answers for this account; loaded only where that is asked.</summary>
    public List<Guardianship> Guardians { get; set; } = [];

    public bool HasGuardian(Guid? userId) => userId is { } id && Guardians.Any(g => g.GuardianId == id);

    public Recipient ToRecipient() => new(Email ?? "", DisplayName, Language, TimeZone) { UserId = Id };
}
