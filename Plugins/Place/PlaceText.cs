using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.Place;

/// <summary>Reads what a mentor typed: a phone number, or an address in words.</summary>
internal static partial class PlaceText
{
    public const int MaxAddress = 300;
    private const int MinAddress = 5;

    /// <summary>A number and nothing else, with what people put between its digits.</summary>
    [GeneratedRegex(@"^(tel:)?\s*[+(]?[0-9][0-9 ()./\-]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberShape { get; }

    /// <summary>A link is for another tool.</summary>
    [GeneratedRegex("://|www\\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkShape { get; }

    public static (MeetingPlace? Place, string? Refusal) Check(string? typed, PlaceOptions options)
    {
        var text = OneLine(typed);
        if (text is "")
            return (null, Texts.Missing);
        if (text.Length > MaxAddress)
            return (null, string.Format(CultureInfo.CurrentCulture, Texts.TooLong, MaxAddress));
        return NumberShape.IsMatch(text) ? CheckNumber(text, options) : CheckAddress(text, options);
    }

    private static (MeetingPlace?, string?) CheckNumber(string text, PlaceOptions options)
    {
        if (!options.AllowPhone)
            return (null, Texts.NoPhone);
        // +44 (0) 20 …: the zero is for callers within the country.
        var plain = text.Replace("(0)", "", StringComparison.Ordinal);
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        if (!plain.Contains('+'))
        {
            if (digits.StartsWith("00", StringComparison.Ordinal))
                digits = digits[2..];
            else if (options.CallingCode is "")
                return (null, Texts.NoCallingCode);
            else
                digits = options.CallingCode + digits.TrimStart('0');
        }
        // As long as numbers are at all (E.164), and none begins with 0.
        return digits.Length is >= 8 and <= 15 && digits[0] != '0'
            ? (new(MeetingPlaceKind.Phone, "+" + digits), null) : (null, Texts.NotANumber);
    }

    private static (MeetingPlace?, string?) CheckAddress(string text, PlaceOptions options)
    {
        if (!options.AllowAddress)
            return (null, Texts.NoAddress);
        if (LinkShape.IsMatch(text))
            return (null, Texts.IsLink);
        return text.Length >= MinAddress && text.Count(char.IsLetter) >= 3
            ? (new(MeetingPlaceKind.Address, text), null) : (null, Texts.NotAnAddress);
    }

    /// <summary>Latin digits, one space between words, and nothing that cannot be seen or turns the reading direction.</summary>
    private static string OneLine(string? typed)
    {
        var line = new StringBuilder();
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                line.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber)
                line.Append((int)Rune.GetNumericValue(rune));
            else if (rune != Rune.ReplacementChar && (rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)))
                line.Append(rune.ToString());
        }
        return string.Join(' ', line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
