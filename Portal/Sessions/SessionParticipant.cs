using Localization;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions.Recordings;

namespace Portal.Sessions;

/// <summary>A person in a session. Guests and observers may have no account; then the own fields hold who they are.</summary>
public class SessionParticipant
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public MentoringSession Session { get; set; } = null!;
    public ParticipantRole Role { get; set; }

    public Guid? UserId { get; set; }
    public PortalUser? User { get; set; }

    public string? OwnName { get; set; }
    public string? OwnEmail { get; set; }
    public string? OwnLanguage { get; set; }
    public string? OwnTimeZone { get; set; }

    /// <summary>Of a guest or an observer: whose account asked them; null for a program.</summary>
    public Guid? InvitedBy { get; set; }

    /// <summary>When that was; null for the later dates of a series, which one mail tells of.</summary>
    public DateTimeOffset? InvitedUtc { get; set; }

    /// <summary>Rises only when this person's link is withdrawn or renewed; older join links are then dead.</summary>
    public short LinkVersion { get; set; } = 1;

    /// <summary>Set while the person has no working link at all.</summary>
    public DateTimeOffset? WithdrawnUtc { get; set; }

    /// <summary>Of a guest or an observer: when their access ends, where that is before the session (<see cref="AccessEnd"/>).</summary>
    public DateTimeOffset? AccessUntilUtc { get; set; }

    /// <summary>On the waiting list of a full group since then; a place in the session, and a link that works, only when null.</summary>
    public DateTimeOffset? WaitingSinceUtc { get; set; }

    /// <summary>Gave the seat back.</summary>
    public DateTimeOffset? LeftUtc { get; set; }

    /// <summary>Let in by the mentor; it counts for the session's present time alone (<see cref="SessionDoor.CountsFrom"/>).</summary>
    public DateTimeOffset? AdmittedUtc { get; set; }

    /// <summary>When the page that waits at the door for this person was last heard of; null for one who never waited.</summary>
    public DateTimeOffset? AtDoorUtc { get; set; }

    /// <summary>Which of the session's groups this person is sent into; null for none.</summary>
    public short? GroupNumber { get; set; }

    /// <summary>Said to come late: when the others may expect this person.</summary>
    public DateTimeOffset? ExpectedUtc { get; set; }

    /// <summary>Recorded as not having come.</summary>
    public DateTimeOffset? MissedUtc { get; set; }

    /// <summary>A guest said that they want no more reminders of this session. (People with an account choose there.)</summary>
    public DateTimeOffset? RemindersOffUtc { get; set; }

    /// <summary>The latest word on being recorded, of all that are kept; null for who was not asked, or has not answered.</summary>
    public RecordingAnswer? RecordingAnswer { get; set; }

    /// <summary>How it was, from 1 to 5.</summary>
    public short? Rating { get; set; }
    public string? Feedback { get; set; }

    /// <summary>Has a place in the session, and a link that works.</summary>
    public bool IsIn => WithdrawnUtc is null && LeftUtc is null && WaitingSinceUtc is null;

    /// <summary>Cannot be elsewhere at this time. Observers and guests may come and go.</summary>
    public bool HoldsTime => IsIn && UserId is not null && Role is ParticipantRole.Mentor or ParticipantRole.Mentee;

    /// <summary>For what is kept and read later, in another language maybe: who has left the portal is "".</summary>
    public string StoredName => User is { DeletedUtc: not null } ? "" : User?.DisplayName ?? OwnName ?? "";

    /// <summary>As the reader at hand should see it: who has left the portal has no name any more.</summary>
    public string Name => User is { DeletedUtc: not null } ? UiText.PersonDeleted : StoredName;
    public string Email => User?.Email ?? OwnEmail ?? "";
    public string Language => User?.Language ?? OwnLanguage ?? Languages.English;
    public string TimeZone => User?.TimeZone ?? OwnTimeZone ?? "Etc/UTC";

    /// <summary>The account must be loaded, where there is one.</summary>
    public Recipient ToRecipient() => new(Email, Name, Language, TimeZone) { UserId = UserId, SessionId = SessionId, ParticipantId = Id };
}
