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
        : name.Trim().Any(FreeText.IsBreak) ? ErrorText.PeopleNameHidden
        : FreeText.OneLine(name) is "" ? ErrorText.TextInvisible
        : FreeText.Check(FreeText.OneLine(name), MaxNameLength) ?? (FreeText.HasLink(name) ? ErrorText.PeopleNameLink : null);

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
}
