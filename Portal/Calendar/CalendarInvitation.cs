using System.Globalization;
using NodaTime;
using Portal.Sessions;

namespace Portal.Calendar;

public enum InvitationMethod
{
    Request,
    Cancel,
}

/// <summary>One session in an invitation, with the reader's own links.</summary>
/// <param name="SeriesStart">Its place in its series: the wall clock it was booked for; null outside of a series.</param>
public sealed record InvitedSession(
    DateTimeOffset StartUtc, int LengthMinutes, Uri? JoinUrl, Uri? SessionUrl, LocalDateTime? SeriesStart = null)
{
    /// <summary>A phone number or an address, where people meet at one; in place of a link.</summary>
    public string? Location { get; init; }

    /// <summary>What to do where people meet elsewhere than on a page.</summary>
    public string? Words { get; init; }
}

/// <summary>
/// An invitation to one reader's calendar, or its end (RFC 5545, 5546). It names the mentor as organizer, by the portal's
/// address, and nobody else but the reader: whoever gets it learns no address and no link of anybody else.
/// </summary>
public sealed record CalendarInvitation
{
    private static readonly Duration Around = Duration.FromDays(366);

    public required InvitationMethod Method { get; init; }

    /// <summary>The same for every change, and for every reader: of the session, or of its whole series.</summary>
    public required Guid Uid { get; init; }

    /// <summary>Higher with every change.</summary>
    public required int Sequence { get; init; }
    public required DateTimeOffset StampUtc { get; init; }

    /// <summary>IANA id: the session's own, which keeps its wall clock.</summary>
    public required string TimeZone { get; init; }
    public required string Language { get; init; }
    public required string Summary { get; init; }
    public required string OrganizerName { get; init; }
    public required string OrganizerAddress { get; init; }
    public required string ReaderName { get; init; }
    public required string ReaderAddress { get; init; }
    public required ParticipantRole ReaderRole { get; init; }

    /// <summary>What stands before the links, in the reader's language.</summary>
    public required string JoinLabel { get; init; }
    public required string SessionLabel { get; init; }

    /// <summary>In order. With <see cref="EveryWeeks"/> they are the whole series; else each is told by itself.</summary>
    public required IReadOnlyList<InvitedSession> Sessions { get; init; }

    /// <summary>How far the sessions of a whole series are apart; null for one session or some of a series.</summary>
    public int? EveryWeeks { get; init; }

    public string MethodName => Method == InvitationMethod.Cancel ? "CANCEL" : "REQUEST";

    private DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    public override string ToString()
    {
        var calendar = new CalendarWriter().Begin("VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "-//Majlis//Sessions//EN")
            .Line("CALSCALE", "GREGORIAN").Line("METHOD", MethodName);
        var moments = Sessions.Select(s => s.StartUtc)
            .Concat(Sessions.Where(s => s.SeriesStart is not null).Select(s => Zone.AtLeniently(s.SeriesStart!.Value).ToDateTimeOffset()));
        calendar.Zone(Zone, Instant.FromDateTimeOffset(moments.Min()) - Around, Instant.FromDateTimeOffset(moments.Max()) + Around);
        if (EveryWeeks is { } weeks)
            WriteSeries(calendar, weeks);
        // Every session of a series has a link of its own, so each is told besides the rule. A series that ends, ends as one.
        if (EveryWeeks is null || Method == InvitationMethod.Request)
            foreach (var session in Sessions)
                WriteSession(calendar, session);
        return calendar.End("VCALENDAR").ToString();
    }

    private void WriteSeries(CalendarWriter calendar, int everyWeeks)
    {
        var starts = Sessions.Select(s => s.SeriesStart!.Value).Order().ToList();
        var count = Period.DaysBetween(starts[0].Date, starts[^1].Date) / (7 * everyWeeks) + 1;
        calendar.Begin("VEVENT");
        WriteHead(calendar);
        calendar.Local($"DTSTART;TZID={TimeZone}", starts[0])
            .Local($"DTEND;TZID={TimeZone}", starts[0].PlusMinutes(Sessions[0].LengthMinutes))
            .Line("RRULE", string.Create(CultureInfo.InvariantCulture, $"FREQ=WEEKLY;INTERVAL={everyWeeks};COUNT={count}"));
        foreach (var left in Enumerable.Range(0, count).Select(i => starts[0].PlusWeeks(i * everyWeeks)).Except(starts))
            calendar.Local($"EXDATE;TZID={TimeZone}", left);
        WriteTail(calendar, Sessions[0] with { JoinUrl = null, Location = null, Words = null });
    }

    private void WriteSession(CalendarWriter calendar, InvitedSession session)
    {
        calendar.Begin("VEVENT");
        WriteHead(calendar);
        if (session.SeriesStart is { } place)
            calendar.Local($"RECURRENCE-ID;TZID={TimeZone}", place);
        WriteTime(calendar, session.StartUtc, session.StartUtc.AddMinutes(session.LengthMinutes));
        WriteTail(calendar, session);
    }

    /// <summary>By the wall clock; a wall clock that an autumn night shows twice means the first, so the second is told in UTC.</summary>
    private void WriteTime(CalendarWriter calendar, DateTimeOffset start, DateTimeOffset end)
    {
        if (IsPlain(start) && IsPlain(end))
            calendar.Local($"DTSTART;TZID={TimeZone}", LocalOf(start)).Local($"DTEND;TZID={TimeZone}", LocalOf(end));
        else
            calendar.Utc("DTSTART", start).Utc("DTEND", end);

        bool IsPlain(DateTimeOffset time) => Zone.MapLocal(LocalOf(time)).First().ToDateTimeOffset() == time;
    }

    private LocalDateTime LocalOf(DateTimeOffset time) => Instant.FromDateTimeOffset(time).InZone(Zone).LocalDateTime;

    private void WriteHead(CalendarWriter calendar) =>
        calendar.Line("UID", Uid.ToString()).Line("SEQUENCE", Sequence.ToString(CultureInfo.InvariantCulture)).Utc("DTSTAMP", StampUtc);

    private void WriteTail(CalendarWriter calendar, InvitedSession session)
    {
        var (joinUrl, sessionUrl) = (session.JoinUrl, session.SessionUrl);
        var ends = Method == InvitationMethod.Cancel;
        calendar.Text($"SUMMARY;LANGUAGE={Language}", Summary)
            .Person("ORGANIZER", OrganizerName, OrganizerAddress)
            .Person($"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE={RoleName};PARTSTAT={ReplyName};RSVP=FALSE", ReaderName, ReaderAddress)
            .Line("STATUS", ends ? "CANCELLED" : "CONFIRMED")
            // The link in it is the reader's alone: who shares a calendar shares when, not where.
            .Line("CLASS", "PRIVATE")
            .Line("TRANSP", ends ? "TRANSPARENT" : "OPAQUE");
        string?[] lines =
        [
            ends ? null : session.Words,
            !ends && joinUrl is not null ? $"{JoinLabel}:\n{joinUrl.AbsoluteUri}" : null,
            sessionUrl is not null ? $"{SessionLabel}:\n{sessionUrl.AbsoluteUri}" : null,
        ];
        if (lines.Any(l => l is not null))
            calendar.Text("DESCRIPTION", string.Join("\n\n", lines.Where(l => l is not null)));
        if (!ends && (session.Location ?? joinUrl?.AbsoluteUri) is { } location)
            calendar.Text("LOCATION", location);
        if (sessionUrl is not null)
            calendar.Line("URL", sessionUrl.AbsoluteUri);
        if (!ends)
            calendar.Begin("VALARM").Line("ACTION", "DISPLAY").Line("TRIGGER", "-PT15M").Text("DESCRIPTION", Summary).End("VALARM");
        calendar.End("VEVENT");
    }

    private string RoleName => ReaderRole switch
    {
        ParticipantRole.Observer => "NON-PARTICIPANT",
        ParticipantRole.Guest => "OPT-PARTICIPANT",
        _ => "REQ-PARTICIPANT",
    };

    /// <summary>Mentors and mentees have said yes by booking and by offering the time; guests are asked.</summary>
    private string ReplyName => ReaderRole is ParticipantRole.Mentor or ParticipantRole.Mentee ? "ACCEPTED" : "NEEDS-ACTION";
}
