using System.Text;
using Localization;

namespace Portal.People.Profile;

/// <summary>
/// Length is what makes a password hard to guess; rules about its letters only make it hard to remember. What is refused is what is
/// tried first: common ones, runs and repetitions, and the person's own name and address.
/// </summary>
public static class PasswordRules
{
    /// <summary>So many characters that do not follow from those before them.</summary>
    internal const int LeastSurprises = 5;

    private const int LeastOwnWord = 4;
    private const int LeastBesideOwnWords = 8;
    private const int LeastCopy = 3;

    // Along them the hand wanders: the rows and columns of keyboards, and the order of the letters.
    private static readonly string[] Rows =
    [
        "1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "azertyuiop", "qsdfghjklm", "wxcvbn", "!@#$%^&*()_+",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmikolp", "abcdefghijklmnopqrstuvwxyz",
        "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "ابجدهوزحطيكلمنسعفصقرشت",
        "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789",
    ];

    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="password">As it was typed.</param>
    /// <param name="own">The person's name and address, the product's names.</param>
    public static string? Wrong(string? password, params string?[] own)
    {
        if (string.IsNullOrEmpty(password))
            return ErrorText.FieldMissing;
        if (password.Length > PersonRules.MaxPasswordLength)
            return ErrorText.FieldTooLong.With(PersonRules.MaxPasswordLength);
        var text = Normal(password);
        return text.EnumerateRunes().Count() < PersonRules.MinPasswordLength
                ? ErrorText.PeoplePasswordShort.With(PersonRules.MinPasswordLength)
            : IsEasy(text.ToLowerInvariant(), own) ? ErrorText.PasswordEasy
            : null;
    }

    /// <summary>
    /// One password has one spelling (NIST SP 800-63B: NFKC), whatever keyboard composed its letters. What is no text stays as it is.
    /// </summary>
    public static string Normal(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return password;
        }
    }

    private static bool IsEasy(string text, string?[] own)
    {
        if (CommonPasswords.Contains(text) || Surprises(text) < LeastSurprises)
            return true;
        var rest = own.SelectMany(Words).Distinct().OrderByDescending(w => w.Length).Aggregate(text, (left, word) => left.Replace(word, ""));
        return rest.Length < text.Length && (rest.Length < LeastBesideOwnWords || CommonPasswords.Contains(rest)
            || Surprises(rest) < LeastSurprises);
    }

    private static IEnumerable<string> Words(string? own) =>
        (own ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+', '\'']).Where(w => w.Length >= LeastOwnWord);

    /// <summary>Characters that neither lie beside the one before them nor repeat what stood there already.</summary>
    internal static int Surprises(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            var copied = Copied(text, i);
            if (copied >= LeastCopy)
            {
                count++;
                i += copied;
                continue;
            }
            if (i == 0 || !AreNeighbours(text[i - 1], text[i]))
                count++;
            i++;
        }
        return count;
    }

    private static int Copied(string text, int at)
    {
        var longest = 0;
        for (var from = 0; from < at; from++)
        {
            var length = 0;
            while (at + length < text.Length && text[from + length] == text[at + length])
                length++;
            longest = Math.Max(longest, length);
        }
        return longest;
    }

    private static bool AreNeighbours(char one, char other) => one == other || Rows.Any(row =>
        row.IndexOf(one) is >= 0 and var a && row.IndexOf(other) is >= 0 and var b && Math.Abs(a - b) == 1);
}
