using System.Text;

namespace Portal.Calendar;

/// <summary>One property of a calendar: <c>DTSTART;TZID=Africa/Cairo:20261124T090000</c>.</summary>
public sealed record IcsLine(string Name, string Parameters, string Value)
{
    /// <summary>Null where the parameter is not there. Quotes are taken away.</summary>
    public string? Parameter(string name)
    {
        foreach (var part in Parameters.Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (part.StartsWith(name, StringComparison.OrdinalIgnoreCase) && part.Length > name.Length && part[name.Length] == '=')
                return part[(name.Length + 1)..].Trim('"');
        return null;
    }
}

/// <summary>The lines of an RFC 5545 calendar, unfolded and taken apart.</summary>
public static class IcsLines
{
    /// <summary>No property that is read here is longer; a text may be, and is cut.</summary>
    private const int MaxLength = 100_000;

    public static IEnumerable<IcsLine> Of(string text)
    {
        var line = new StringBuilder();
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } next)
        {
            if (next.Length > 0 && next[0] is ' ' or '\t' && line.Length > 0)
            {
                line.Append(next.AsSpan(1, Math.Min(next.Length - 1, Math.Max(0, MaxLength - line.Length))));
                continue;
            }
            if (Take(line.ToString()) is { } whole)
                yield return whole;
            line.Clear().Append(next.AsSpan(0, Math.Min(next.Length, MaxLength)));
        }
        if (Take(line.ToString()) is { } last)
            yield return last;
    }

    private static IcsLine? Take(string line)
    {
        // The first colon outside of quotes ends the parameters.
        var (colon, quoted) = (-1, false);
        for (var i = 0; i < line.Length && colon < 0; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ':' && !quoted)
                colon = i;
        }
        if (colon < 1)
            return null;
        var name = line[..colon];
        var semicolon = name.IndexOf(';');
        return semicolon < 0
            ? new(name.Trim().ToUpperInvariant(), "", line[(colon + 1)..].Trim())
            : new(name[..semicolon].Trim().ToUpperInvariant(), name[(semicolon + 1)..], line[(colon + 1)..].Trim());
    }
}
