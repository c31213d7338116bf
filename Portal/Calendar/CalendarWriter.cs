using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Portal.Mail.Mime;

namespace Portal.Calendar;

/// <summary>Writes iCalendar (RFC 5545): CRLF, lines folded at 75 octets, texts escaped.</summary>
public sealed class CalendarWriter
{
    private const int MaxLine = 75;
    private static readonly LocalDateTimePattern Clock = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
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

    /// <summary>A wall clock without a zone; the zone, where there is one, is a parameter in the name.</summary>
    public CalendarWriter Local(string name, LocalDateTime time) => Line(name, Clock.Format(time));

    /// <summary>
    /// A person: a name in quotes, of which none can be got out, and an address as mails write it, so that programs know it again.
    /// </summary>
    public CalendarWriter Person(string name, string displayName, string address) =>
        Line($"{name};CN=\"{Quoted(displayName)}\"", $"mailto:{HeaderText.Address(address)}");

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

    /// <summary>
    /// Within quotes everything may stand but quotes and control characters; marks of direction would turn the names around it.
    /// </summary>
    private static string Quoted(string value)
    {
        var clean = string.Concat(value.Select(c => c switch
        {
            '"' => "'",
            >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => "",
            _ when char.IsControl(c) => " ",
            _ => c.ToString(),
        }));
        return string.Join(' ', clean.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Octets are what is counted, and no character is cut in two.</summary>
    private void Fold(string line)
    {
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            // Nothing that was handed in as it stands can begin a line of its own.
            if (Rune.IsControl(rune))
                continue;
            if (used + rune.Utf8SequenceLength > MaxLine)
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
