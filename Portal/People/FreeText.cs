using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Localization;

namespace Portal.People;

/// <summary>
/// The one rule for whatever somebody types and others read: names, topics, notes, reasons, kinds, comments. It can be seen, and
/// it does not turn or break the text around it. PostgreSQL refuses a NUL, and no control character has a place in a mail.
/// </summary>
public static partial class FreeText
{
    // Joiners and marks of direction belong between letters; at the ends they do nothing but make two texts of one.
    private static readonly char[] AtNoEnd =
    [
        .. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(char.IsWhiteSpace),
        '\u200C', '\u200D', '\u200E', '\u200F', '\u061C',
    ];

    /// <summary>As it is stored: on one line, without what nobody would miss.</summary>
    public static string OneLine(string? text) => Clean(text, c => IsBreak(c) ? ' ' : c);

    /// <summary>As it is stored: with the line breaks that were typed.</summary>
    public static string Lines(string? text) => Clean(text, c => c is '\u2028' or '\u2029' ? '\n' : IsBreak(c) && c != '\n' ? '\0' : c);

    /// <summary>What somebody searches for: one line, cut between characters, for half of one is no text to a database.</summary>
    public static string Query(string? text, int max)
    {
        var line = OneLine(text);
        return line.Length <= max ? line : line[..(char.IsHighSurrogate(line[max - 1]) ? max - 1 : max)];
    }

    /// <summary>What is wrong with it, or null; an empty text is not, whether one is needed is the caller's to say.</summary>
    /// <param name="text">As <see cref="OneLine"/> or <see cref="Lines"/> gave it.</param>
    /// <param name="max">In characters.</param>
    public static string? Check(string text, int max) =>
        text.Length == 0 ? null
        : text.Length > max ? ErrorText.FieldTooLong.With(max)
        : text.EnumerateRunes().Any(IsRefused) ? ErrorText.TextHidden
        : text.EnumerateRunes().Any(IsSeen) ? null
        : ErrorText.TextInvisible;

    /// <summary>A mail program would make a link of it: nobody is called so.</summary>
    public static bool HasLink(string name) =>
        Link().IsMatch(name.Normalize(NormalizationForm.FormKC).Replace('\u3002', '.'));

    /// <summary>Breaks the line, or has no place in one.</summary>
    public static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static string Clean(string? text, Func<char, char> one) =>
        string.Concat((text ?? "").Where(c => !IsFiller(c)).Select(one).Where(c => c != '\0')).Trim(AtNoEnd);

    /// <summary>Programs leave these behind where text is copied; they are nothing to read and nothing to complain of.</summary>
    private static bool IsFiller(char c) => c is '\u00AD' or '\u200B' or '\u2060' or '\uFEFF';

    /// <summary>
    /// Turns the direction of what follows, or is there to hide something: all format characters but joiners, marks of direction,
    /// and those that numbers are written with.
    /// </summary>
    private static bool IsRefused(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        && rune.Value is not ((>= 0x200C and <= 0x200F) or 0x061C or (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x08E2
            or 0x0890 or 0x0891 or 0x110BD or 0x110CD);

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherLetter => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0), // Hangul fillers
        UnicodeCategory.OtherSymbol => rune.Value is not (0x2800 or 0xFFFC or 0x1D159), // blank Braille, blank object, blank note
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol
            or UnicodeCategory.ModifierSymbol => true,
        _ => false,
    };

    [GeneratedRegex(@"://|www\.|@|[\p{L}\p{N}-]\.\p{L}{2,}[/\\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
