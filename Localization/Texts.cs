using System.Globalization;

namespace Localization;

public static class Texts
{
    /// <summary>
    /// Fills the placeholders of a resource. Numbers come out in Latin digits in every language; dates and times must be
    /// put into words before.
    /// </summary>
    public static string With(this string text, params object?[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
