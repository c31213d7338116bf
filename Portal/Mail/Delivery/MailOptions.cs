using System.ComponentModel.DataAnnotations;

namespace Portal.Mail.Delivery;

public enum MailTransport
{
    Pickup,
    Smtp,
}

public sealed class MailOptions
{
    public const string Section = "Mail";

    public MailTransport Transport { get; set; } = MailTransport.Pickup;

    /// <summary>Where the Pickup transport puts one .eml file per mail. Empty: mail in the data folder.</summary>
    public string PickupFolder { get; set; } = "";

    [Required, EmailAddress]
    public string FromAddress { get; set; } = "no-reply@majlis.example";

    /// <summary>True: this portal sends the mails that it queues at once. False: they wait for a portal that runs jobs.</summary>
    public bool AtOnce { get; set; } = true;

    /// <summary>Mails that one portal sends in a minute, over all its connections. 0: as many as can be.</summary>
    [Range(0, 100_000)]
    public int PerMinute { get; set; }

    /// <summary>Where answers to a mail go. Empty: to the address it came from.</summary>
    [RegularExpression(@"[^@\s<>,;]+@[^@\s<>,;]+")]
    public string ReplyTo { get; set; } = "";
}
