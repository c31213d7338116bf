using System.Text.Json;
using Tests.Support;

namespace Tests.Calendar;

public sealed record ReadPerson(string Name, string Address);

public sealed record ReadEvent(
    string Uid, int Sequence, string Status, string Summary, string Start, string End, string? Zone, string? Place, string? Rule,
    string[] Left,
    ReadPerson Organizer, ReadPerson[] Attendees, string Role, string Reply, string? Location, string Description, string[] Alarms);

public sealed record ReadCalendar(
    string Method, int Longest, int BareLineEnds, string[] Zones, string[] ZoneDefects, ReadEvent[] Events, string Text);

public sealed record ReadMail(
    string To, string Subject, string Shape, Dictionary<string, string> Headers, string[] Defects, string? Method, string? Charset,
    string? File,
    string? Disposition, bool? SameTwice, ReadCalendar? Calendar, string Whole);

/// <summary>Mails and calendars as programs read them that we did not write.</summary>
internal static class IndependentCalendar
{
    public static string? Missing { get; } = Tool.Knows(Tool.Python, "icalendar") ? null : "python3-icalendar is not installed";

    public static IReadOnlyList<ReadMail> Read(IEnumerable<string> files)
    {
        var output = Tool.Run(Tool.Python, [Path.Combine(Repository.Root, "tests", "unit", "Calendar", "invitations.py")],
            string.Join('\n', files));
        return JsonSerializer.Deserialize<List<ReadMail>>(output)!;
    }

    public static ReadCalendar ReadText(string calendar)
    {
        using var folder = new TempFolder();
        var file = folder["invite.ics"];
        System.IO.File.WriteAllText(file, calendar);
        return Read([file])[0].Calendar!;
    }
}

/// <summary>Skipped, visibly, where Debian's python3-icalendar is not installed.</summary>
public sealed class IcalendarFactAttribute : FactAttribute
{
    public IcalendarFactAttribute() => Skip = IndependentCalendar.Missing;
}

public sealed class IcalendarTheoryAttribute : TheoryAttribute
{
    public IcalendarTheoryAttribute() => Skip = IndependentCalendar.Missing;
}
