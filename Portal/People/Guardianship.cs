namespace Portal.People;

/// <summary>An account that answers for a child's, or that was asked to. Nobody who is answered for answers for others.</summary>
public class Guardianship
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid ChildId { get; set; }
    public PortalUser Child { get; set; } = null!;

    /// <summary>Null until whoever was asked has agreed, with an account that has the address.</summary>
    public Guid? GuardianId { get; set; }
    public PortalUser? Guardian { get; set; }

    /// <summary>Whom the child asked, until they agree.</summary>
    public string? AskedEmail { get; set; }
    public DateTimeOffset AskedUtc { get; set; }
    public DateTimeOffset? SinceUtc { get; set; }
}

/// <summary>What a room above this one does when a guardianship ends, in the transaction that ends it.</summary>
/// <param name="EndedAsync">Gets the child and the guardian.</param>
public sealed record GuardianshipEnd(Func<Data.PortalDbContext, Guid, Guid, DateTimeOffset, CancellationToken, Task> EndedAsync);
