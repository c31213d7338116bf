namespace Portal.People.Push;

/// <summary>One browser of one person that is told when its pages are closed.</summary>
public class PushSubscription
{
    public const int MaxPerPerson = 10;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid UserId { get; set; }
    public PortalUser User { get; set; } = null!;

    /// <summary>SHA-256 of the endpoint: a browser that subscribes again is the same one, whoever is signed in.</summary>
    public byte[] Mark { get; set; } = [];

    /// <summary>Endpoint and keys, encrypted: who has them can write to the person.</summary>
    public string ProtectedAddress { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }

    /// <summary>When the push service last took something for it.</summary>
    public DateTimeOffset? UsedUtc { get; set; }
}
