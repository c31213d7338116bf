using Portal.Mail.Queue;

namespace Portal.Mail.Delivery;

/// <summary>One try to hand one mail to one recipient. The delivery log; never changed once written.</summary>
public class MailAttempt
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MailId { get; set; }
    public DateTimeOffset AtUtc { get; set; }
    public int DurationMs { get; set; }
    public string Recipient { get; set; } = "";
    public SendVerdict Verdict { get; set; }
    public SendScope Scope { get; set; }
    public SendStage Stage { get; set; }
    public int? Code { get; set; }
    public string? EnhancedCode { get; set; }

    /// <summary>What the server said, for administrators.</summary>
    public string Text { get; set; } = "";
}
