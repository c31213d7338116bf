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

    /// <summary>One for each recipient that the server told of, or one for the mail as a whole.</summary>
    internal static List<MailAttempt> AllOf(OutboxMessage row, SendResult result, DateTimeOffset now, TimeSpan took)
    {
        var recipients = result.Recipients is { Count: > 0 } each ? each
            : [new RecipientResult(row.ToAddress, result.Verdict, result.Code, result.EnhancedCode, result.Text)];
        return [.. recipients.Select(r => new MailAttempt
        {
            MailId = row.Id,
            AtUtc = now,
            DurationMs = (int)Math.Clamp(took.TotalMilliseconds, 0, int.MaxValue),
            Recipient = MailRetry.Clean(r.Recipient, 256),
            Verdict = r.Verdict,
            Scope = result.Scope,
            Stage = result.Stage,
            Code = r.Code,
            EnhancedCode = r.EnhancedCode is null ? null : MailRetry.Clean(r.EnhancedCode, 20),
            Text = MailRetry.Clean(r.Text),
        })];
    }
}
