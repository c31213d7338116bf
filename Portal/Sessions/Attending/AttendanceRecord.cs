using Portal.Sessions.Live;

namespace Portal.Sessions.Attending;

/// <summary>What is known of one session's people: who was there when, how sure that is, and how long they were together.</summary>
/// <param name="People">Its mentor, mentees with a seat, and whoever else was seen.</param>
/// <param name="Together">How long the mentor and at least one mentee were there at once.</param>
/// <param name="Unknown">How often the tool told of somebody whom it could not name: never guessed who that was.</param>
public sealed record AttendanceRecord(IReadOnlyList<PersonAttendance> People, TimeSpan Together, int Unknown)
{
    /// <param name="session">With its participants.</param>
    /// <param name="stays">What pages told.</param>
    /// <param name="events">What the door and the tool told.</param>
    /// <param name="opened">Who came before that came to another time.</param>
    public static AttendanceRecord Of(
        MentoringSession session, IReadOnlyCollection<RoomStay> stays, IReadOnlyCollection<MeetingEvent> events, DateTimeOffset opened)
    {
        var counted = events.Where(e => e.AtUtc >= opened).OrderBy(e => e.AtUtc).ToList();
        var people = session.Participants.Select(p => PersonAttendance.Of(
            p, session, [.. stays.Where(s => s.ParticipantId == p.Id && s.UntilUtc >= opened)],
            [.. counted.Where(e => e.ParticipantId == p.Id)], LastWord(counted)))
            .Where(a => a.Evidence != AttendanceEvidence.None || IsExpected(a.Person)).OrderBy(a => a.Person.Role).ToList();
        var mentor = people.Where(a => a.Person.Role == ParticipantRole.Mentor).SelectMany(a => a.Inside).ToList();
        var mentees = Stretches.Union(people.Where(a => a.Person.Role == ParticipantRole.Mentee).SelectMany(a => a.Inside));
        return new(people, Stretches.Length(Stretches.Common(mentor, mentees)),
            counted.Count(e => e.Kind == MeetingEventKind.ToolJoined && e.ParticipantId is null));
    }

    private static bool IsExpected(SessionParticipant person) =>
        person.IsIn && person.Role is ParticipantRole.Mentor or ParticipantRole.Mentee;

    /// <summary>Until then at the latest was in the tool whose leaving it never told.</summary>
    private static DateTimeOffset? LastWord(IReadOnlyList<MeetingEvent> events) => events
        .Where(e => e.Kind is MeetingEventKind.ToolEnded or MeetingEventKind.ToolLeft or MeetingEventKind.ToolJoined)
        .Select(e => (DateTimeOffset?)e.AtUtc).LastOrDefault();
}

/// <summary>One person of a session.</summary>
/// <param name="Evidence">The best there is.</param>
/// <param name="CameUtc">When they were first seen; null for who was not.</param>
/// <param name="Inside">When they were in the meeting; empty where only the door saw them.</param>
/// <param name="Late">After the start; zero for who was in time.</param>
/// <param name="Drops">How often the line was lost.</param>
public sealed record PersonAttendance(
    SessionParticipant Person, AttendanceEvidence Evidence, DateTimeOffset? CameUtc, IReadOnlyList<Stretch> Inside, TimeSpan Late,
    int Drops)
{
    public TimeSpan Minutes => Stretches.Length(Inside);

    internal static PersonAttendance Of(
        SessionParticipant person, MentoringSession session, IReadOnlyCollection<RoomStay> stays, IReadOnlyList<MeetingEvent> events,
        DateTimeOffset? lastWord)
    {
        var fromTool = FromTool(events, lastWord).ToList();
        var inside = Stretches.Union(stays.Select(s => new Stretch(s.FromUtc, s.UntilUtc)).Concat(fromTool));
        var atDoor = events.Where(e => e.Decision is { } decision && Attendance.ShowsPresence(decision)).ToList();
        var evidence = fromTool.Count > 0 ? AttendanceEvidence.Tool
            : stays.Count > 0 ? AttendanceEvidence.Room
            : atDoor.Count > 0 ? AttendanceEvidence.Door
            : AttendanceEvidence.None;
        var came = fromTool.Select(s => s.From).Concat(stays.Select(s => s.FromUtc)).Select(at => (DateTimeOffset?)at).Min()
            ?? atDoor.Select(e => (DateTimeOffset?)e.AtUtc).Min();
        var late = came - session.StartUtc is { } after && after > TimeSpan.Zero ? after : TimeSpan.Zero;
        return new(person, evidence, came, inside, late, stays.Count(s => s.End == StayEnd.Dropped));
    }

    /// <summary>
    /// By depth: who is in with two devices is out when both are. A stretch may have no length: the tool told of an arrival alone.
    /// </summary>
    private static IEnumerable<Stretch> FromTool(IEnumerable<MeetingEvent> events, DateTimeOffset? lastWord)
    {
        var (depth, since) = (0, default(DateTimeOffset));
        foreach (var e in events)
        {
            if (e.Kind == MeetingEventKind.ToolJoined && depth++ == 0)
                since = e.AtUtc;
            else if (e.Kind == MeetingEventKind.ToolLeft && depth > 0 && --depth == 0)
                yield return new(since, e.AtUtc);
        }
        if (depth > 0)
            yield return new(since, lastWord > since ? lastWord.Value : since);
    }
}

/// <summary>How sure it is that somebody was there, from nothing to the tool's own word.</summary>
public enum AttendanceEvidence
{
    /// <summary>Nobody saw them.</summary>
    None,

    /// <summary>They stood at the open door; what they did behind it is not known.</summary>
    Door,

    /// <summary>Their page was in the room.</summary>
    Room,

    /// <summary>The tool says so.</summary>
    Tool,
}
