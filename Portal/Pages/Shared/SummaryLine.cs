using Localization;

namespace Portal.Pages.Shared;

/// <summary>
/// One line of what is wrong with a form. "This field is required." needs its field's name before it; a message that says
/// what it is about, such as "Please enter a topic.", does not.
/// </summary>
public static class SummaryLine
{
    /// <summary>What fits every field, each with up to three numbers in it.</summary>
    private static IEnumerable<string> General =>
    [
        ErrorText.FormRequired, ErrorText.FormNotValid, ErrorText.FormNotNumber, ErrorText.FormLength, ErrorText.FormLengthBetween,
        ErrorText.FormRange, ErrorText.FieldMissing, ErrorText.FieldTooLong, ErrorText.FieldTooMany, ErrorText.NumberRange,
        ErrorText.MinutesRange,
    ];

    /// <param name="field">The field's name; null where the form does not say one.</param>
    /// <param name="message">What is wrong with it.</param>
    public static string Of(string? field, string message) => field is not null && General.Any(text => IsMadeOf(message, text))
        ? ErrorText.FormField.With(field.TrimEnd('?', '؟', ':', '.'), message)
        : message;

    private static bool IsMadeOf(string message, string text)
    {
        var (first, last) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        return first < 0 ? message == text
            : message.StartsWith(text[..first], StringComparison.Ordinal) && message.EndsWith(text[(last + 1)..], StringComparison.Ordinal);
    }
}
