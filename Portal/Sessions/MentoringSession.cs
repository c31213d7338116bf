using Portal.People;
using Providers;

namespace Portal.Sessions;

public class MentoringSession
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MentorId { get; set; }
    public PortalUser Mentor { get; set; } = null!;
    public string Topic { get; set; } = "";
    public SessionState State { get; set; }

    /// <summary>The wall clock that people agreed on, in <see cref="TimeZone"/>: it is kept when clock rules change.</summary>
    public DateTime LocalStart { get; set; }
    public string TimeZone { get; set; } = "";
    public DateTimeOffset StartUtc { get; set; }
    public int LengthMinutes { get; set; }

    /// <summary>Kept free after the end; an extension may eat it.</summary>
    public int BufferMinutes { get; set; }

    /// <summary>Rises whenever nobody may be sent to the old room again. Part of room names and meeting tokens.</summary>
    public int RoomVersion { get; set; } = 1;

    /// <summary>Rises with every change that people are told about. Part of the mails' unique keys.</summary>
    public int Sequence { get; set; }

    public DateTimeOffset CreatedUtc { get; set; }
    public DateTimeOffset? CancelledUtc { get; set; }
    public Guid? CancelledBy { get; set; }
    public string? CancelReason { get; set; }

    public Guid ConcurrencyToken { get; set; } = Guid.NewGuid();

    public List<SessionParticipant> Participants { get; set; } = [];
    public List<MeetingLink> Links { get; set; } = [];

    public DateTimeOffset EndUtc => StartUtc.AddMinutes(LengthMinutes);

    public SessionParticipant MentorPart => Participants.First(p => p.Role == ParticipantRole.Mentor);
}
