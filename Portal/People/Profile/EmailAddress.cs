using System.Globalization;

namespace Portal.People.Profile;

/// <summary>An address as people type and paste it, made the one that mail servers know.</summary>
public static class EmailAddress
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>
    /// Without the blanks and direction marks that come along when it is copied out of a sentence; a domain in its own letters
    /// (بريد.مصر) as the mail servers know it (xn--ngbof4h.xn--wgbh1c). Everything else stays, for the rules to judge.
    /// </summary>
    public static string Read(string? typed)
    {
        if (typed is null or { Length: > 4 * PersonRules.MaxEmailLength })
            return typed ?? "";
        var text = new string([.. typed.Where(c => !IsMark(c))]).Trim();
        var at = text.LastIndexOf('@');
        return at < 0 || System.Text.Ascii.IsValid(text.AsSpan(at)) ? text : text[..(at + 1)] + Domain(text[(at + 1)..]);
    }

    /// <summary>The same for all spellings of one address.</summary>
    public static string Key(string? typed) => Read(typed).ToUpperInvariant() is { Length: <= PersonRules.MaxEmailLength } key ? key : "";

    private static string Domain(string domain)
    {
        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain; // none; the rules say so
        }
    }

    /// <summary>Seen by nobody: marks of direction, joiners, the mark of byte order.</summary>
    private static bool IsMark(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
