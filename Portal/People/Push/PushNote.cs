namespace Portal.People.Push;

/// <summary>Something to be pushed to one browser: pending work, gone when it is done or too late.</summary>
public class PushNote
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SubscriptionId { get; set; }
    public PushSubscription Subscription { get; set; } = null!;

    /// <summary>What it is about: told once to each browser, by however many portals.</summary>
    public string Occasion { get; set; } = "";

    /// <summary>Where a press leads; a path of the portal.</summary>
    public string Path { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }
    public DateTimeOffset? DueUtc { get; set; }
    public int Attempts { get; set; }
}
