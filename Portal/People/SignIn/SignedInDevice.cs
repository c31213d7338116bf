namespace Portal.People.SignIn;

/// <summary>One browser or program in which a person is signed in.</summary>
public class SignedInDevice
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid UserId { get; set; }

    /// <summary>What it called itself, cut to a browser and a system; never the address it came from.</summary>
    public string Name { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }
    public DateTimeOffset SeenUtc { get; set; }
    public DateTimeOffset? EndedUtc { get; set; }

    /// <summary>When the person last showed the password, a code or a passkey there (<see cref="RecentProof"/>).</summary>
    public DateTimeOffset? ProvenUtc { get; set; }

    /// <summary>
    /// The account's security stamp that it was signed in under: whatever changes that ends the device, but for one that is kept.
    /// </summary>
    public string? Stamp { get; set; }

    /// <summary>Of a program: four letters made of the account and the network, so that a thief's is not taken for one's own.</summary>
    public string? Mark { get; set; }
}
