namespace Portal.People.Push;

/// <summary>The pair that this portal proves itself to push services with (VAPID). Browsers subscribe to the public half.</summary>
public class PushKey
{
    /// <summary>There is one: another would leave every browser's subscription without a sender.</summary>
    public const int Only = 1;

    public int Id { get; set; } = Only;
    public string PublicKey { get; set; } = "";
    public string ProtectedPrivateKey { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }
}
