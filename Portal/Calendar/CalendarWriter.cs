using System.Globalization;
using System.Text;

namespace Portal.Calendar;

/// <summary>Writes iCalendar (RFC 5545): CRLF, lines folded at 75 octets, texts escaped.</summary>
public sealed class CalendarWriter
{
    private const int LongestLine = 75;
    private readonly StringBuilder _text = new();

    public CalendarWriter Begin(string component) => Line("BEGIN", component);

    public CalendarWriter End(string component) => Line("END", component);

    /// <summary>A value that is written as it stands: a keyword, a number, an address.</summary>
    public CalendarWriter Line(string name, string value)
    {
        Fold($"{name}:{value}");
        return this;
    }

    public CalendarWriter Text(string name, string value) => Line(name, Escape(value));

    public CalendarWriter Utc(string name, DateTimeOffset time) =>
        Line(name, time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();

    private static string Escape(string value) => string.Concat(value.ReplaceLineEndings("\n").Select(c => c switch
    {
        '\\' => "\\\\",
        ';' => "\\;",
        ',' => "\\,",
        '\n' => "\\n",
        // No control character is allowed in a text.
        _ when char.IsControl(c) => "",
        _ => c.ToString(),
    }));

    /// <summary>Octets are what is counted, and no character is cut in two.</summary>
    private void Fold(string line)
    {
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > LongestLine)
            {
                _text.Append("\r\n ");
                used = 1;
            }
            _text.Append(rune.ToString());
            used += rune.Utf8SequenceLength;
        }
        _text.Append("\r\n");
    }
}
