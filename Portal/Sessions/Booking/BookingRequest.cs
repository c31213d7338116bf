using Portal.Sessions.Availability;

namespace Portal.Sessions.Booking;

/// <summary>What somebody wants to book.</summary>
public sealed record BookingRequest(Guid MentorId, DateTimeOffset Start, string Topic)
{
    public const int LongestTopic = 200;
    public const int LongestNote = 1000;

    /// <summary>Null for an ordinary session.</summary>
    public Guid? KindId { get; init; }

    /// <summary>For the people in the session alone.</summary>
    public string Note { get; init; } = "";

    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    /// <summary>A place on the waiting list will do, should the group be full.</summary>
    public bool OrWait { get; init; }
}

/// <summary>Somebody without a part in the booking itself.</summary>
/// <param name="Email">May be empty for a guest, who then gets the link from whoever invites.</param>
/// <param name="Name">May be empty for a guest, who then types one at the door.</param>
/// <param name="Role">Observer or guest.</param>
public sealed record Invitation(string Email, string Name, ParticipantRole Role);

public enum BookingOutcome
{
    Booked,

    /// <summary>The group is full, and the person is on its waiting list.</summary>
    Waiting,

    /// <summary>The group is full.</summary>
    Full,

    /// <summary>Somebody else was first.</summary>
    Taken,

    /// <summary>The mentor does not offer this time.</summary>
    NotOffered,

    /// <summary>The mentee has another session at this time.</summary>
    Overlaps,
    NoSuchMentor,
    NoSuchKind,
    WithOneself,
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Session">The session when booked; also when a second click asked for what the first had booked already.</param>
/// <param name="NextFree">Other times, when this one cannot be had.</param>
public sealed record BookingResult(BookingOutcome Outcome, MentoringSession? Session, IReadOnlyList<Slot> NextFree);
