using Microsoft.AspNetCore.Identity;

namespace Portal.People;

public class PortalUser : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary><c>en</c> or <c>ar</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>IANA id.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    public DateTimeOffset CreatedUtc { get; set; }
}
