using System.Collections.Frozen;
using System.Text;

namespace Portal.Calendar.Reading;

/// <summary>One property of a calendar: <c>DTSTART;TZID=Africa/Cairo:20261124T090000</c>.</summary>
public sealed record IcsLine(string Name, IReadOnlyList<(string Name, string Value)> Parameters, string Value)
{
    /// <summary>Null where the parameter is not there. It is without its quotes.</summary>
    public string? Parameter(string name)
    {
        foreach (var (known, value) in Parameters)
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }
}

/// <summary>The lines of an RFC 5545 calendar that say when somebody is busy, unfolded and taken apart.</summary>
public static class IcsLines
{
    private static readonly FrozenSet<string> Times =
        new[] { "DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = Times.Concat([
        "BEGIN", "END", "UID", "DURATION", "RRULE", "EXRULE", "TRANSP", "STATUS", "ATTENDEE", "METHOD", "X-WR-TIMEZONE", "TZID",
        "X-LIC-LOCATION", "TZOFFSETFROM", "TZOFFSETTO", "X-MICROSOFT-CDO-BUSYSTATUS",
    ]).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Until the text or the budget ends.</summary>
    public static IEnumerable<IcsLine> Of(string text, IcsBudget budget)
    {
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        while (at < text.Length)
        {
            var line = Next(text, ref at, budget);
            if (!budget.Spend(2 + line.Length / 16))
                yield break;
            if (Take(line.Span, budget) is { } taken)
                yield return taken;
        }
    }

    /// <summary>Lines end as they like (CR, LF, CR CR LF); a line that begins with a blank goes on with the one before.</summary>
    private static ReadOnlyMemory<char> Next(string text, ref int at, IcsBudget budget)
    {
        var first = Piece(text, ref at);
        if (at >= text.Length || text[at] is not (' ' or '\t'))
            return first;
        var whole = new StringBuilder().Append(first);
        while (at < text.Length && text[at] is ' ' or '\t' && budget.Spend(1))
        {
            at++;
            whole.Append(Piece(text, ref at));
        }
        return whole.ToString().AsMemory();
    }

    private static ReadOnlyMemory<char> Piece(string text, ref int at)
    {
        var start = at;
        var length = text.AsSpan(start).IndexOfAny('\r', '\n');
        at = length < 0 ? text.Length : start + length;
        var piece = text.AsMemory(start, at - start);
        while (at < text.Length && text[at] is '\r' or '\n')
            at++;
        return piece;
    }

    private static IcsLine? Take(ReadOnlySpan<char> line, IcsBudget budget)
    {
        var end = line.IndexOfAny(';', ':');
        if (end < 1 || !Known.TryGetValue(line[..end].Trim(), out var name))
            return null;
        // Of a time that cannot be read it is said that there was one.
        var colon = ColonOf(line, end, Times.Contains(name)) is >= 0 and var found ? found : line.Length;
        return new(name, Parameters(line[end..colon], budget), colon < line.Length ? line[(colon + 1)..].Trim().ToString() : "");
    }

    /// <summary>
    /// The first colon outside of quotes ends the parameters; before a time the last one, since names of zones
    /// (<c>(UTC+01:00) Berlin</c>) are not always quoted.
    /// </summary>
    private static int ColonOf(ReadOnlySpan<char> line, int from, bool isTime)
    {
        var (first, last, quoted) = (-1, -1, false);
        for (var i = from; i < line.Length && (isTime || first < 0); i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ':' && !quoted)
                (first, last) = (first < 0 ? i : first, i);
        }
        if (first < 0)
            return line.LastIndexOf(':'); // a quote that never ends
        return isTime && last > first && BeginsWithDate(line[(last + 1)..].TrimStart()) ? last : first;
    }

    private static bool BeginsWithDate(ReadOnlySpan<char> text) => text.Length >= 8 && !text[..8].ContainsAnyExceptInRange('0', '9');

    private static List<(string, string)> Parameters(ReadOnlySpan<char> text, IcsBudget budget)
    {
        var found = new List<(string, string)>();
        while (text.Length > 1 && budget.Spend(2))
        {
            text = text[1..]; // the semicolon
            var (end, quoted) = (0, false);
            for (; end < text.Length && (quoted || text[end] != ';'); end++)
                quoted ^= text[end] == '"';
            var part = text[..end];
            if (part.IndexOf('=') is > 0 and var equals)
                found.Add((part[..equals].Trim().ToString(), part[(equals + 1)..].Trim().Trim('"').ToString()));
            text = text[end..];
        }
        return found;
    }
}
