using Portal.People;
using Portal.People.Profile;
using Portal.Sessions.Availability;

namespace Portal.Sessions.Booking;

/// <summary>What somebody wants to book.</summary>
public sealed record BookingRequest(Guid MentorId, DateTimeOffset Start, string Topic)
{
    /// <summary>Null for an ordinary session.</summary>
    public Guid? KindId { get; init; }

    /// <summary>For the people in the session alone.</summary>
    public string Note { get; init; } = "";

    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    /// <summary>The child whose session it will be; null where it is the caller's own.</summary>
    public Guid? ChildId { get; init; }

    /// <summary>Who books for a child looks on.</summary>
    public bool Observes { get; init; }

    /// <summary>Whose account books; set by the service.</summary>
    internal Guid? By { get; init; }

    /// <summary>Null for who does not answer for the mentee (any more). The account must be loaded with its guardians.</summary>
    internal PortalUser? BookerOf(PortalUser mentee) => ChildId is null || By == mentee.Id ? mentee
        : mentee.Guardians.FirstOrDefault(g => g.GuardianId == By)?.Guardian;

    /// <summary>A place on the waiting list will do, should the group be full.</summary>
    public bool OrWait { get; init; }
}

/// <summary>Somebody without a part in the booking itself.</summary>
/// <param name="Email">May be empty for a guest, who then gets the link from whoever invites.</param>
/// <param name="Name">May be empty for a guest, who then types one at the door.</param>
/// <param name="Role">Observer or guest.</param>
public sealed record Invitation(string Email, string Name, ParticipantRole Role)
{
    /// <summary>For a link that the mentor passes on.</summary>
    public static readonly Invitation ByLink = new("", "", ParticipantRole.Guest);

    /// <summary>When the access ends; null for when the session does.</summary>
    public DateTimeOffset? Until { get; init; }

    public static Invitation Of(string? email, string? name, ParticipantRole role, DateTimeOffset? until = null) =>
        new(EmailAddress.Read(email), name?.Trim() ?? "", role) { Until = until?.ToUniversalTime() };

    /// <param name="needsBoth">Address and name; without, a guest may come with neither.</param>
    /// <param name="at">Before the fields' names, where there are several guests.</param>
    public IReadOnlyList<FieldProblem> Check(bool needsBoth, string at = "") => FieldProblem.Of(
        (at + nameof(Email), Email.Length == 0 && !needsBoth ? null : PersonRules.Email(Email)),
        (at + nameof(Name), Name.Length == 0 && !needsBoth ? null : PersonRules.Name(Name)));
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Session">The session when booked; also when a second click asked for what the first had booked already.</param>
/// <param name="NextFree">Other times, when this one cannot be had.</param>
public sealed record BookingResult(BookingOutcome Outcome, MentoringSession? Session, IReadOnlyList<Slot> NextFree);
