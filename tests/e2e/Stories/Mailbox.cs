using System.Text;
using System.Text.RegularExpressions;

namespace Stories;

/// <summary>A mail as its reader has it.</summary>
public sealed record Mail(string To, string Subject, string Language, string Text, string Html)
{
    public bool HasLink(string startsWith) => Text.Contains("/" + startsWith, StringComparison.Ordinal);

    /// <summary>The path of the first link of that kind; the address before it is the portal's own.</summary>
    public string Link(string startsWith) =>
        Regex.Match(Text, @"https?://[^/\s]+(/" + Regex.Escape(startsWith) + @"[^\s<>]*)") is { Success: true } link
            ? link.Groups[1].Value
            : throw new InvalidOperationException($"There is no link to /{startsWith} in «{Subject}»:\n{Text}");
}

/// <summary>The pickup folder, read as a mail program would: headers, Base64 parts.</summary>
public sealed class Mailbox(string folder)
{
    public IReadOnlyList<Mail> All =>
        [.. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(f => Read(File.ReadAllText(f)))];

    /// <summary>The first mail to that address which fits, as soon as it is there.</summary>
    public async Task<Mail> WaitForAsync(string to, Func<Mail, bool> fits)
    {
        var mail = await Journeys.UntilAsync(() => Task.FromResult(All.FirstOrDefault(m => m.To == to && fits(m))), m => m is not null,
            () => $"such a mail to {to}, but: {string.Join("; ", All.Where(m => m.To == to).Select(m => m.Subject))}");
        return mail!;
    }

    private static Mail Read(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = Headers(message[..end]);
        // With an invitation there are parts within parts; those that hold something are Base64.
        var boundaries = Regex.Matches(message, "boundary=\"([^\"]+)\"").Select(m => "--" + m.Groups[1].Value).ToArray();
        var parts = message[end..].Split(boundaries, StringSplitOptions.None)
            .Where(p => p.Contains("Content-Transfer-Encoding:", StringComparison.Ordinal)).Select(p =>
        {
            var body = p.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            return (Type: Headers(p[..body].Trim())["Content-Type"], Text: Encoding.UTF8.GetString(Convert.FromBase64String(p[body..])));
        }).ToList();
        var to = headers["To"];
        return new(
            Regex.Match(to, "<([^>]+)>") is { Success: true } angle ? angle.Groups[1].Value : to.Trim(),
            Words(headers["Subject"]),
            headers["Content-Language"],
            parts.Single(p => p.Type.StartsWith("text/plain", StringComparison.Ordinal)).Text,
            parts.Single(p => p.Type.StartsWith("text/html", StringComparison.Ordinal)).Text);
    }

    private static Dictionary<string, string> Headers(string text) => Regex.Replace(text, "\r\n[ \t]", " ").Split("\r\n")
        .Select(line => line.Split(':', 2)).ToDictionary(h => h[0], h => h[1].Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Encoded words (RFC 2047); the space between two of them is not part of the text.</summary>
    private static string Words(string header) => Regex.Replace(
        Regex.Replace(header, @"(\?=)\s+(=\?)", "$1$2"), @"=\?([^?]+)\?([BQ])\?([^?]*)\?=",
        m => Encoding.GetEncoding(m.Groups[1].Value)
            .GetString(m.Groups[2].Value is "B" or "b" ? Convert.FromBase64String(m.Groups[3].Value) : Quoted(m.Groups[3].Value)),
        RegexOptions.IgnoreCase);

    private static byte[] Quoted(string word) => [.. Regex.Matches(word, "=([0-9A-F]{2})|.")
        .Select(m => m.Groups[1].Success ? Convert.ToByte(m.Groups[1].Value, 16) : m.Value is "_" ? (byte)' ' : (byte)m.Value[0])];
}
