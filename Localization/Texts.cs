using System.Globalization;

namespace Localization;

public static class Texts
{
    /// <summary>What people wrote, so that it does not turn the direction of the sentence around it.</summary>
    public static string Isolated(this string text) => $"\u2068{text}\u2069";

    /// <summary>
    /// Fills the placeholders of a resource. Numbers come out in Latin digits in every language; dates and times must be
    /// put into words before.
    /// </summary>
    public static string With(this string text, params object?[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
