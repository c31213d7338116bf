using System.Globalization;
using Localization;
using NodaTime;

namespace Portal.People.Profile;

/// <summary>What may stand in an account. Each rule answers what is wrong, or null.</summary>
public static class PersonRules
{
    public const int MaxNameLength = 100;
    public const int MaxEmailLength = 256;
    public const int MinPasswordLength = 10;
    public const int MaxPasswordLength = 200;

    private const int MaxLocalPart = 64;
    private const string LocalPartMarks = "!#$%&'*+-/=?^_`{|}~.";

    public static string? Name(string? name) =>
        string.IsNullOrWhiteSpace(name) ? ErrorText.FieldMissing
        : name.Trim().Length > MaxNameLength ? ErrorText.FieldTooLong.With(MaxNameLength)
        : name.Any(IsHidden) ? ErrorText.PeopleNameHidden
        : null;

    public static string? Email(string? email) =>
        string.IsNullOrWhiteSpace(email) ? ErrorText.FieldMissing
        : IsEmail(EmailAddress.Read(email)) ? null
        : ErrorText.PeopleEmailWrong;

    public static string? Language(string? language) => Languages.Exists(language) ? null : ErrorText.PeopleLanguageWrong;

    public static string? Zone(string? zone) =>
        zone is { Length: > 0 and <= 64 } && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null ? null : ErrorText.PeopleZoneWrong;

    /// <summary>The plain form that every mail server takes: no quotes, no comments, nothing outside of ASCII.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@');
        if (text.Length > MaxEmailLength || at is < 1 or > MaxLocalPart || !text[..at].All(IsLocal))
            return false;
        var labels = text[(at + 1)..].Split('.');
        return labels.Length > 1 && !text.StartsWith('.') && text[at - 1] != '.' && !text.Contains("..", StringComparison.Ordinal)
            && labels.All(l => l.Length is > 0 and <= 63 && l.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && l[0] != '-'
                && l[^1] != '-');
    }

    private static bool IsLocal(char c) => char.IsAsciiLetterOrDigit(c) || LocalPartMarks.Contains(c);

    /// <summary>Breaks lines or turns the direction of the text around it: a name stands in subjects and headings.</summary>
    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069'
        || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
