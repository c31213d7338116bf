using System.Globalization;
using System.Text;

namespace Portal.Mentors;

/// <summary>
/// Text as it is compared when people search: without case, accents and vowel signs, and with the Arabic letters that
/// people write one for the other (أ and ا, ة and ه, ى and ي) as one.
/// </summary>
public static class SearchText
{
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in Whole(text).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || c == 'ـ')
                continue;
            folded.Append(c switch
            {
                'ة' => 'ه',
                'ى' or 'ی' => 'ي',
                'ک' => 'ك',
                _ => char.ToLowerInvariant(c),
            });
        }
        return folded.ToString();
    }

    /// <summary>Normalize refuses half of a surrogate pair, which anybody can put into an address.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());
}
