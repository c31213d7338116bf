using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Mail.Smtp;

/// <summary>An answer of the server (RFC 5321 §4.2), with its enhanced code (RFC 3463) where it gave one.</summary>
internal sealed partial record SmtpReply
{
    /// <summary>"Closing the channel": allowed as the answer to anything.</summary>
    public const int Closing = 421;

    /// <summary>"Sign in first".</summary>
    public const int SignInFirst = 530;

    private const int MaxText = 400;

    /// <param name="text">Without the codes in front.</param>
    public SmtpReply(int code, string text)
    {
        Code = code;
        var lines = text.Split('\n');
        if (Enhanced().Match(lines[0]) is { Success: true } found && found.ValueSpan[0] - '0' == code / 100)
        {
            EnhancedCode = found.Groups[1].Value;
            lines = [.. lines.Select(line => Enhanced().Replace(line, ""))];
        }
        Text = Clean(string.Join(' ', lines));
    }

    public int Code { get; }

    public string? EnhancedCode { get; }

    /// <summary>In the server's words.</summary>
    public string Text { get; }

    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsTemporary => Code is >= 400 and < 500;

    public bool IsRefusal => Code is >= 400 and < 600;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Text}");

    /// <summary>What the other side said, without anything that could act on a terminal or a page.</summary>
    public static string Clean(string text)
    {
        text = string.Concat(text.Select(c => IsOdd(c) ? ' ' : c)).Trim();
        return text.Length > MaxText ? text[..MaxText] + "…" : text;
    }

    private static bool IsOdd(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    [GeneratedRegex(@"^([245]\.\d{1,3}\.\d{1,3})(?: +|\r?$)", RegexOptions.CultureInvariant)]
    private static partial Regex Enhanced();
}
