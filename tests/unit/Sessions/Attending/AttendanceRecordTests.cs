using Portal.Sessions;
using Portal.Sessions.Attending;
using Portal.Sessions.Live;

namespace Tests.Sessions.Attending;

/// <summary>
/// One hour from minute 0, with a mentor (m), a mentee (e) and a guest (g). Written: e:room 3-40 is a stay of the mentee's page;
/// e:drop one that the line ended; m:tool 0-60 what the tool told; e:door 5 a press at the open door; ?:tool 7 somebody unknown.
/// </summary>
public sealed class AttendanceRecordTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "m:None e:None", 0, 0, "nobody")]
    [InlineData("m:room 0-60, e:room 3-58", "m:Room@0/60 e:Room@3/55+3", 55, 0, "a lesson, the mentee three minutes late")]
    [InlineData("m:room 0-60, e:drop 0-20, e:room 25-60", "m:Room@0/60 e:Room@0/55!1", 55, 0, "a lost line")]
    [InlineData("m:room 0-60, e:room 0-30, e:room 30-60", "m:Room@0/60 e:Room@0/60", 60, 0, "a reload is no gap and no second time")]
    [InlineData("m:room 0-60, e:room 0-60, e:room 10-50", "m:Room@0/60 e:Room@0/60", 60, 0, "two tabs count once")]
    [InlineData("m:room 0-30, e:room 40-60", "m:Room@0/30 e:Room@40/20+40", 0, 0, "they missed each other")]
    [InlineData("m:tool 0-60, e:tool 10-60", "m:Tool@0/60 e:Tool@10/50+10", 50, 0, "the tool's word")]
    [InlineData("m:tool 0-60, e:room 5-50, e:tool 6-55", "m:Tool@0/60 e:Tool@5/50+5", 50, 0, "page and tool together")]
    [InlineData("m:room 0-60, e:door 5", "m:Room@0/60 e:Door@5/0+5", 0, 0, "pressed and never seen inside")]
    [InlineData("m:room 0-60, e:room 0-60, g:room 10-20", "m:Room@0/60 e:Room@0/60 g:Room@10/10+10", 60, 0, "a guest who came")]
    [InlineData("m:room 0-60, ?:tool 7, ?:tool 9", "m:Room@0/60 e:None", 0, 2, "unknown people are nobody's attendance")]
    [InlineData("m:room -10--5, e:room -3-60", "m:Room@-10/5 e:Room@-3/63", 0, 0, "before the start nobody is late")]
    [InlineData("m:tool 0-60, e:in 20", "m:Tool@0/60 e:Tool@20/40+20", 40, 0, "whose leaving was never told was there until the tool's last word")]
    [InlineData("m:room 0-60, e:in 20", "m:Room@0/60 e:Tool@20/0+20", 0, 0, "an arrival alone has no length")]
    [InlineData("m:tool 0-60, e:in 5, e:in 10, e:out 20, e:out 40", "m:Tool@0/60 e:Tool@5/35+5", 35, 0, "two devices of one person")]
    [InlineData("m:room -40--30, e:door -50", "m:None e:None", 0, 0, "who came to an earlier time of the session")]
    public void What_was_told_becomes_a_record(string told, string people, int together, int unknown, string why)
    {
        var session = new MentoringSession { StartUtc = Start, LengthMinutes = 60 };
        var parts = new Dictionary<string, SessionParticipant>
        {
            ["m"] = new() { Role = ParticipantRole.Mentor },
            ["e"] = new() { Role = ParticipantRole.Mentee },
            ["g"] = new() { Role = ParticipantRole.Guest },
        };
        session.Participants.AddRange(parts.Values);
        var (stays, events) = (new List<RoomStay>(), new List<MeetingEvent>());
        foreach (var one in told.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            Tell(one, parts, stays, events);

        var record = AttendanceRecord.Of(session, stays, events, Start.AddMinutes(-15));

        var written = string.Join(' ', record.People.Select(p => $"{parts.Single(x => x.Value == p.Person).Key}:{Write(p)}"));
        Assert.True(written == people, $"{why}: {written}");
        Assert.Equal((together, unknown), (record.Together.TotalMinutes, record.Unknown));
    }

    private static string Write(PersonAttendance p) => p.Evidence == AttendanceEvidence.None ? "None"
        : $"{p.Evidence}@{(p.CameUtc!.Value - Start).TotalMinutes}/{p.Minutes.TotalMinutes}"
            + (p.Late > TimeSpan.Zero ? $"+{p.Late.TotalMinutes}" : "") + (p.Drops > 0 ? $"!{p.Drops}" : "");

    private static void Tell(
        string one, Dictionary<string, SessionParticipant> parts, List<RoomStay> stays, List<MeetingEvent> events)
    {
        var match = System.Text.RegularExpressions.Regex.Match(one, @"^(.):(\w+) (-?\d+)(?:-(-?\d+))?$");
        Assert.True(match.Success, one);
        var id = parts.TryGetValue(match.Groups[1].Value, out var part) ? part.Id : (Guid?)null;
        DateTimeOffset At(int group) => Start.AddMinutes(int.Parse(match.Groups[group].Value));
        void Event(MeetingEventKind kind, int group, JoinDecision? decision = null) =>
            events.Add(new() { ParticipantId = id, Kind = kind, AtUtc = At(group), Decision = decision });
        switch (match.Groups[2].Value)
        {
            case "room" or "drop":
                stays.Add(new()
                {
                    ParticipantId = id!.Value,
                    FromUtc = At(3),
                    UntilUtc = At(4),
                    End = match.Groups[2].Value == "drop" ? StayEnd.Dropped : StayEnd.Left,
                });
                break;
            case "tool" when match.Groups[4].Success:
                Event(MeetingEventKind.ToolJoined, 3);
                Event(MeetingEventKind.ToolLeft, 4);
                break;
            case "tool" or "in":
                Event(MeetingEventKind.ToolJoined, 3);
                break;
            case "out":
                Event(MeetingEventKind.ToolLeft, 3);
                break;
            default:
                Event(MeetingEventKind.Joined, 3, JoinDecision.Open);
                break;
        }
    }
}
