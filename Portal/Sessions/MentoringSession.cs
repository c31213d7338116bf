using NodaTime;
using Portal.People;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Rooms;

namespace Portal.Sessions;

public class MentoringSession
{
    public static readonly TimeSpan MaxRequest = TimeSpan.FromHours(48);

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MentorId { get; set; }
    public PortalUser Mentor { get; set; } = null!;
    public string Topic { get; set; } = "";

    /// <summary>What the mentee wants the mentor to know beforehand; only the people in the session read it.</summary>
    public string Note { get; set; } = "";

    /// <summary>Null for an ordinary session.</summary>
    public Guid? KindId { get; set; }

    /// <summary>Name of the kind as it was at booking; empty for an ordinary session.</summary>
    public string KindName { get; set; } = "";

    /// <summary>Seats for mentees.</summary>
    public int Capacity { get; set; } = 1;

    public Guid? SeriesId { get; set; }

    /// <summary>Its place in the series: the wall clock that it was booked for, whatever was moved since.</summary>
    public DateTime? SeriesLocalStart { get; set; }

    /// <summary>Opened at once instead of booked.</summary>
    public bool IsInstant { get; set; }

    /// <summary>An address that the mentor has put in place of the provider's room for this session alone.</summary>
    public string? ExternalMeetingUrl { get; set; }
    public SessionState State { get; set; }

    /// <summary>The wall clock that people agreed on, in <see cref="TimeZone"/>: it is kept when clock rules change.</summary>
    public DateTime LocalStart { get; set; }
    public string TimeZone { get; set; } = "";
    public DateTimeOffset StartUtc { get; set; }

    /// <summary>With what the session was extended by.</summary>
    public int LengthMinutes { get; set; }
    public int ExtendedMinutes { get; set; }

    /// <summary>Kept free after the end; an extension may eat it.</summary>
    public int BufferMinutes { get; set; }

    /// <summary>Rises whenever nobody may be sent to the old room again. Part of room names and meeting tokens.</summary>
    public int RoomVersion { get; set; } = 1;

    /// <summary>Rises with every change that people are told about. Part of the mails' unique keys.</summary>
    public int Sequence { get; set; }

    /// <summary>Another time that somebody has proposed; it is held as well until the other side has answered.</summary>
    public DateTimeOffset? ProposedStartUtc { get; set; }
    public Guid? ProposedBy { get; set; }

    public DateTimeOffset CreatedUtc { get; set; }

    /// <summary>When people were told the time it has now: a reminder that would have been due before then is not sent.</summary>
    public DateTimeOffset TimeSetUtc { get; set; }

    /// <summary>When a request that nobody has answered lapses.</summary>
    public DateTimeOffset? ExpiresUtc { get; set; }
    public DateTimeOffset? CancelledUtc { get; set; }
    public Guid? CancelledBy { get; set; }
    public string? CancelReason { get; set; }

    /// <summary>When it was recorded as held or as missed; by nobody in particular when the portal did it.</summary>
    public DateTimeOffset? ClosedUtc { get; set; }
    public Guid? ClosedBy { get; set; }

    public Guid ConcurrencyToken { get; set; } = Guid.NewGuid();

    public List<SessionParticipant> Participants { get; set; } = [];
    public List<MeetingLink> Links { get; set; } = [];

    /// <summary>For a while in the meeting; of a group session.</summary>
    public List<BreakoutGroup> Groups { get; set; } = [];

    /// <summary>In the session's own zone, which is set before.</summary>
    public void StartAt(DateTimeOffset start, DateTimeOffset now)
    {
        foreach (var person in Participants)
            person.AccessUntilUtc = AccessEnd.Moved(person.AccessUntilUtc, StartUtc, EndUtc, start);
        StartUtc = start;
        TimeSetUtc = now;
        LocalStart = Instant.FromDateTimeOffset(start).InZone(DateTimeZoneProviders.Tzdb[TimeZone]).LocalDateTime.ToDateTimeUnspecified();
        // A request is answered before what it asks for begins.
        ExpiresUtc = ExpiresUtc > start ? start : ExpiresUtc;
    }

    public DateTimeOffset EndUtc => StartUtc.AddMinutes(LengthMinutes);

    /// <summary>Mentees who have a place in it.</summary>
    public IEnumerable<SessionParticipant> Seated => Participants.Where(p => p.Role == ParticipantRole.Mentee && p.IsIn);

    public int SeatsTaken => Seated.Count();

    public bool IsGroup => Capacity > 1;

    /// <summary>It holds its time, and that is not over.</summary>
    public bool IsAhead(DateTimeOffset now) => State.HoldsItsTime() && EndUtc > now;

    /// <summary>Nobody has answered the request in time.</summary>
    public bool HasLapsed(DateTimeOffset now) => ExpiresUtc <= now;

    /// <summary>A mentee's seat, or their place on the waiting list.</summary>
    public SessionParticipant? SeatOf(Guid? userId) => userId is null ? null : Participants.FirstOrDefault(
        p => p.UserId == userId && p.Role == ParticipantRole.Mentee && p.WithdrawnUtc is null && p.LeftUtc is null);

    /// <summary>Of who asked somebody along, to be stored; the mentor speaks for a program.</summary>
    public string NameOf(Guid? userId) => FoundName(userId) ?? MentorPart.StoredName;

    /// <summary>Null for an account without a part in the session, and none that answers for who has one.</summary>
    public string? FoundName(Guid? userId) => userId is null ? null
        : Participants.FirstOrDefault(p => p.UserId == userId)?.StoredName
        ?? Participants.SelectMany(p => p.User?.Guardians ?? []).FirstOrDefault(g => g.GuardianId == userId)?.Guardian?.DisplayName;

    /// <summary>The place of a mentee for whom the account answers.</summary>
    public SessionParticipant? WardOf(Guid? userId) => Participants.FirstOrDefault(p => p.Role == ParticipantRole.Mentee
        && p.WithdrawnUtc is null && p.LeftUtc is null && p.User?.HasGuardian(userId) == true);

    /// <summary>The place that the account speaks for: its own, or a child's.</summary>
    public SessionParticipant? SeatFor(Guid? userId) => SeatOf(userId) ?? WardOf(userId);

    public SessionParticipant MentorPart => Participants.First(p => p.Role == ParticipantRole.Mentor);
}
