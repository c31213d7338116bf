namespace Localization;

/// <summary>
/// Lengths of time in words, as exact as it helps: "15 minutes", "24 hours", "3 days". In Arabic in the genitive, to stand after a
/// preposition.
/// </summary>
public static class Spans
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    public static string Of(TimeSpan length)
    {
        var seconds = (long)Math.Round(Math.Abs(length.TotalSeconds));
        var minutes = (long)Math.Round(seconds / 60d);
        return seconds < 60 ? Plural.Of("SpanSeconds", seconds)
            : minutes >= 2 * Day - Hour ? Plural.Of("SpanDays", (minutes + Day / 2) / Day)
            : minutes >= 3 * Hour || minutes % Hour == 0 ? Plural.Of("SpanHours", (minutes + Hour / 2) / Hour)
            : Plural.Of("SpanMinutes", minutes);
    }

    /// <summary>"in 5 minutes", "5 minutes ago".</summary>
    public static string Relative(DateTimeOffset moment, DateTimeOffset now) =>
        (moment > now ? UiText.SpanIn : UiText.SpanAgo).With(Of(moment - now));
}
