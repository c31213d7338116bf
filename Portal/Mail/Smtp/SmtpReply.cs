using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Mail.Smtp;

/// <summary>An answer of the server (RFC 5321 §4.2), with its enhanced code (RFC 3463) where it gave one.</summary>
/// <param name="Lines">Without the codes in front, and without anything that could act on a terminal or a page.</param>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>"Closing the channel": allowed as the answer to anything.</summary>
    public const int Closing = 421;

    private const int MostInText = 400;

    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>The server waits for more.</summary>
    public bool IsIntermediate => Code is >= 300 and < 400;

    public bool IsTemporary => Code is >= 400 and < 500;

    public bool IsRefusal => Code is >= 400 and < 600;

    public string? EnhancedCode => Enhanced().Match(Lines[0]) is { Success: true } found && found.ValueSpan[0] - '0' == Code / 100 ? found.Groups[1].Value : null;

    /// <summary>In the server's words.</summary>
    public string Text
    {
        get
        {
            var text = string.Join(' ', Lines.Select(l => EnhancedCode is null ? l : Enhanced().Replace(l, ""))).Trim();
            return text.Length > MostInText ? text[..MostInText] + "…" : text;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Text}");

    [GeneratedRegex(@"^([245]\.\d{1,3}\.\d{1,3})(?: +|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Enhanced();
}
