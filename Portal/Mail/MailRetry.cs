namespace Portal.Mail;

/// <summary>When a mail that could not leave is tried again.</summary>
public static class MailRetry
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <summary>Doubles with every try, and differs by a fifth from mail to mail so that they do not all come back at once.</summary>
    public static TimeSpan Wait(int attempts)
    {
        var wait = First * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return (wait < Longest ? wait : Longest) * (0.8 + 0.4 * Random.Shared.NextDouble());
    }

    /// <summary>A day after it was queued, or after the last time an administrator sent it again.</summary>
    public static bool IsTooLate(OutboxMessage row, DateTimeOffset now) => now - row.CreatedUtc > GiveUpAfter && row.Attempts > 0;

    public static string Describe(SendResult result)
    {
        var codes = string.Join(' ', new[] { result.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture), result.EnhancedCode }.Where(c => c is not null));
        return codes.Length == 0 ? $"{result.Stage}: {result.Text}" : $"{result.Stage}, {codes}: {result.Text}";
    }
}
