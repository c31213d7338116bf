using System.Globalization;
using System.Text;
using Portal.Mail.Queue;

namespace Portal.Mail.Delivery;

/// <summary>What follows from the answer to a try: whether and when a mail is tried again, and what is kept of the answer.</summary>
public static class MailRetry
{
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <summary>No wait is longer, with all that is added to it.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(36);

    private const int MaxText = 500;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Servers that put off whom they do not know yet ask for five minutes as a rule; whoever knocks earlier starts anew at some.
    /// </summary>
    private static readonly TimeSpan FirstAfterDeferral = TimeSpan.FromMinutes(6.5);

    private static readonly TimeSpan Max = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Doubles with every try, and differs by a fifth from mail to mail so that they do not all come back at once. A way out
    /// that is broken is looked at again soon; a server that said "later" is given time.
    /// </summary>
    public static TimeSpan Wait(int attempts, SendScope scope)
    {
        var first = scope is SendScope.Connection or SendScope.Auth ? First : FirstAfterDeferral;
        var wait = first * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return (wait < Max ? wait : Max) * (0.8 + 0.4 * Random.Shared.NextDouble());
    }

    /// <summary>
    /// What becomes of the mail; <see cref="OutboxState.Waiting"/> means another try. A refusal counts for the mail only when it
    /// is about the mail: a wrong password must not cost the mails of a day.
    /// </summary>
    public static OutboxState StateAfter(SendVerdict verdict, SendScope scope) => verdict switch
    {
        SendVerdict.Accepted => OutboxState.Sent,
        SendVerdict.InDoubt => OutboxState.InDoubt,
        SendVerdict.Rejected when scope is SendScope.Message or SendScope.Recipient => OutboxState.Failed,
        _ => OutboxState.Waiting,
    };

    /// <summary>The address itself is refused for good, by a code of the class 5.1 (RFC 3463).</summary>
    public static bool MeansNoSuchAddress(MailAttempt attempt) => IsRefusedRecipient(attempt) && !IsVague(attempt)
        // 7 and 8 are about the sender, 9 is about what the next server can do.
        && attempt.EnhancedCode is not ("5.1.7" or "5.1.8" or "5.1.9")
        && attempt.EnhancedCode!.StartsWith("5.1.", StringComparison.Ordinal);

    /// <summary>
    /// A code that servers say of an address that is not there, and others, who say no more, of everybody whom they do not want to serve.
    /// </summary>
    public static bool MayMeanNoSuchAddress(MailAttempt attempt) =>
        IsRefusedRecipient(attempt) && IsVague(attempt) && attempt.Code is (550 or 551 or 553);

    private static bool IsRefusedRecipient(MailAttempt attempt) => attempt is { Verdict: SendVerdict.Rejected, Stage: SendStage.Recipient };

    private static bool IsVague(MailAttempt attempt) => attempt.EnhancedCode is null or "" or "5.0.0";

    public static string Describe(MailAttempt attempt)
    {
        var codes = string.Join(' ',
            new[] { attempt.Code?.ToString(CultureInfo.InvariantCulture), attempt.EnhancedCode }.Where(c => c is not null));
        return Clean(codes.Length == 0 ? $"{attempt.Stage}: {attempt.Text}" : $"{attempt.Stage}, {codes}: {attempt.Text}");
    }

    /// <summary>A server may say anything, and what the database refuses to keep would be sent again for ever.</summary>
    public static string Clean(string text, int max = MaxText)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > max)
                break;
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return clean.ToString();
    }
}
