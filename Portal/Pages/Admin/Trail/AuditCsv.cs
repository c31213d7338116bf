using System.Globalization;
using System.Text;
using Localization;

namespace Portal.Pages.Admin.Trail;

/// <summary>The trail as a file for spreadsheets, row by row, as it is read.</summary>
public static class AuditCsv
{
    /// <summary>Written out so often, for the reader's sake and the memory's.</summary>
    private const int FlushedAfter = 100;

    public static async Task WriteAsync(Stream to, IAsyncEnumerable<AuditLine> lines, CancellationToken cancellationToken)
    {
        // With the mark by which spreadsheets see that it is UTF-8.
        var text = new StringBuilder("\uFEFF").Append(Row(
            UiText.AuditWhen, UiText.AuditWho, UiText.AuditWhat, UiText.AuditAbout, UiText.AuditChanges, UiText.AuditNetwork,
            UiText.AuditKind));
        var written = 0;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            text.Append(Row(
                line.AtUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), line.Who, line.What, line.About,
                string.Join("; ", line.Changes.Select(c => $"{c.Name}: {c.Before} → {c.After}").Append(line.Said).OfType<string>()),
                line.Network ?? "", line.Kind));
            if (++written % FlushedAfter == 0)
                await FlushAsync(to, text, cancellationToken);
        }
        await FlushAsync(to, text, cancellationToken);
    }

    private static async Task FlushAsync(Stream to, StringBuilder text, CancellationToken cancellationToken)
    {
        await to.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        await to.FlushAsync(cancellationToken);
        text.Clear();
    }

    /// <summary>RFC 4180.</summary>
    private static string Row(params string[] cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>A spreadsheet calculates what begins like a formula, and a name may: with an apostrophe before it, it is a text.</summary>
    public static string Cell(string text)
    {
        var bare = text.TrimStart(' ', '\u2066', '\u2067', '\u2068', '\uFEFF');
        var safe = bare is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '|' or '＝' or '＋' or '－' or '＠', ..] ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"")}\"";
    }
}
