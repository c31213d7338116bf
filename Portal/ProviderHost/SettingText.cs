using System.Globalization;

namespace Portal.ProviderHost;

/// <summary>An option's value as a text: in forms, in the store and in the trail of changes.</summary>
public static class SettingText
{
    public static string Write(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        string[] lines => string.Join('\n', lines),
        TimeSpan span => span.TotalMinutes.ToString(CultureInfo.InvariantCulture),
        Enum named => named.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>False for a text that is no value of the type.</summary>
    public static bool TryRead(Type type, string text, out object? value)
    {
        value = null;
        if (!IsPlain(text))
            return false;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return text is "" || TryRead(inner, text, out value);
        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(string[]) =>
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            _ when type == typeof(bool) => bool.TryParse(text, out var yes) ? yes : null,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number : null,
            _ when type == typeof(TimeSpan) => Minutes(text),
            // A number would be taken for the name that has it.
            _ when type.IsEnum => Array.Exists(Enum.GetNames(type), n => n == text) ? Enum.Parse(type, text) : null,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>As it is kept: without what browsers and clipboards put around it.</summary>
    public static string Tidy(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    private static object? Minutes(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && minutes < 1e7
            ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>No control characters but for lines and tabs, and no half characters: no database keeps them.</summary>
    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\t'))
                return false;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }
        return true;
    }
}
