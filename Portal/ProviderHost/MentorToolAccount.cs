namespace Portal.ProviderHost;

/// <summary>A mentor's own account at a tool, connected by the tool's consent page.</summary>
public class MentorToolAccount
{
    public const int MaxName = 200;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid UserId { get; set; }
    public Guid ProviderAccountId { get; set; }
    public ProviderAccount ProviderAccount { get; set; } = null!;

    /// <summary>How the mentor knows it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Encrypted: with it the tool is used in the mentor's name.</summary>
    public string Secret { get; set; } = "";
    public DateTimeOffset ConnectedUtc { get; set; }
}
