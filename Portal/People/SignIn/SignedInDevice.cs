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
}
