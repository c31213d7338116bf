namespace Portal.Mail.Delivery;

/// <summary>
/// An address that a server has refused for good: no mail goes there until an administrator takes it off the list. Or one whose reader
/// has asked for none: then none goes there that is not about an account.
/// </summary>
public class SuppressedAddress
{
    /// <summary>In lower case.</summary>
    public string Address { get; set; } = "";
    public DateTimeOffset SinceUtc { get; set; }
    public Guid? MailId { get; set; }

    /// <summary>The reader's own wish, and no server's refusal.</summary>
    public bool IsWish { get; set; }

    /// <summary>Code and words of the refusal, for administrators.</summary>
    public string Reason { get; set; } = "";

    /// <summary>As the list has it: in one way, whoever wrote it how.</summary>
    public static string Written(string address) => address.Trim().ToLowerInvariant();
}
