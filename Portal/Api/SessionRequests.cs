using Localization;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;

namespace Portal.Api;

/// <summary>A booking. The first three are needed; for a group its name is the topic.</summary>
/// <param name="MentorId">From <c>GET /api/v1/mentors</c>.</param>
/// <param name="Start">One of the mentor's free slots, such as 2026-12-01T09:00:00Z; without an offset it is refused.</param>
/// <param name="Topic">What it is about, at most 200 characters.</param>
/// <param name="KindId">From <c>GET /api/v1/mentors/{id}/kinds</c>; absent for an ordinary session.</param>
/// <param name="Note">For the people in the session alone, at most 1,000 characters.</param>
/// <param name="Guests">Guests and observers.</param>
/// <param name="OrWait">A place on the waiting list will do, should the group be full.</param>
/// <param name="Series">Books several at once.</param>
/// <param name="ChildId">From <c>GET /api/v1/account/children</c>: a child whose guardian the caller is. The session, its limits and its
/// mails are the child's, and its guardians read along. Absent: the caller's own.</param>
/// <param name="Observe">For a child: the caller is invited as an observer. Not in a group.</param>
public sealed record BookRequest(
    Guid? MentorId, string? Start, string? Topic, Guid? KindId = null, string? Note = null, GuestRequest[]? Guests = null,
    bool OrWait = false, SeriesRequest? Series = null, Guid? ChildId = null, bool Observe = false) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() =>
    [
        .. FieldProblem.Of(
            (nameof(MentorId), MentorId is null ? ErrorText.FieldMissing : null),
            (nameof(Start), ApiTime.Check(Start)),
            (nameof(Topic), SessionRules.Topic(Topic, isOptional: KindId is not null)),
            (nameof(Note), SessionRules.Note(Note)),
            (nameof(Series), Series is null ? null : SessionRules.Series(Series.EveryWeeks, Series.Count))),
        .. Coming().SelectMany((guest, i) => guest.Check($"{nameof(Guests)}[{i}].")),
        .. Coming().Select((guest, i) => (guest.ToInvitation().Until, At: $"{nameof(Guests)}[{i}].{nameof(GuestRequest.Until)}"))
            .Where(g => g.Until <= ApiTime.Read(Start)).Select(g => new FieldProblem(g.At, ErrorText.AccessTooShort)),
    ];

    internal BookingRequest ToBooking() => new(MentorId!.Value, ApiTime.Read(Start)!.Value, Topic ?? "")
    {
        KindId = KindId,
        Note = Note ?? "",
        Invitations = [.. Coming().Select(g => g.ToInvitation())],
        OrWait = OrWait,
        ChildId = ChildId,
        Observes = Observe,
    };

    /// <summary>A program may send nulls.</summary>
    private IEnumerable<GuestRequest> Coming() => Guests?.OfType<GuestRequest>() ?? [];
}

/// <param name="Count">2 to 26 sessions.</param>
/// <param name="EveryWeeks">1 or 2.</param>
/// <param name="LeaveOut">True: dates that cannot be had are left out. False: then nothing is booked, and 409 lists them.</param>
public sealed record SeriesRequest(int Count, int EveryWeeks = 1, bool LeaveOut = false);

/// <param name="Email">Where the invitation goes; may be absent for a guest, whose link the answer then holds.</param>
/// <param name="Name">May be absent for a guest, who then types one.</param>
/// <param name="Role"><c>guest</c> (also when absent) or <c>observer</c>.</param>
/// <param name="Until">When the person's access ends, such as 2026-12-01T09:30:00Z; absent: when the session does. An end during the
/// session moves along with it, and is the same for each date of a series; a later one stays, and dates after it are without this
/// person.</param>
public sealed record GuestRequest(string? Email, string? Name, string? Role, string? Until = null) : ICheckedRequest
{
    private bool Observes => Role == "observer";

    public IReadOnlyList<FieldProblem> Check() => Check("");

    /// <summary>A guest may come without an address and without a name; an observer needs both.</summary>
    internal IReadOnlyList<FieldProblem> Check(string at) => Role is null or "guest" or "observer"
        ? [.. ToInvitation().Check(needsBoth: Observes, at),
            .. FieldProblem.Of((at + nameof(Until), Until is null ? null : ApiTime.Check(Until)))]
        : [new(at + nameof(Role), ErrorText.GuestRole)];

    internal Invitation ToInvitation() => Invitation.Of(
        Email, Name, Observes ? ParticipantRole.Observer : ParticipantRole.Guest, Until is null ? null : ApiTime.Read(Until));
}

/// <param name="Reason">Why, at most 500 characters; everyone in the session reads it.</param>
/// <param name="AndThoseThatFollow">Of a series.</param>
/// <param name="WholeGroup">For an administrator with a seat in a group: the session itself, not the seat.</param>
public sealed record CancelRequest(string? Reason, bool AndThoseThatFollow = false, bool WholeGroup = false) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Reason), SessionRules.CancelReason(Reason)));
}

/// <param name="Start">The new start, such as 2026-12-01T09:00:00Z; without an offset it is refused.</param>
/// <param name="Sequence">As the caller last read it; another one since then is a 409. Absent: whatever it is now.</param>
/// <param name="AndThoseThatFollow">Of a series: all move by as many days, to the same wall clock.</param>
public sealed record MoveRequest(string? Start, int? Sequence, bool AndThoseThatFollow = false) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Start), ApiTime.Check(Start)));
}

/// <param name="Minutes">5 to 30, in steps of 5.</param>
/// <param name="Sequence">As the caller last read it; another one since then is a 409. Absent: whatever it is now.</param>
public sealed record ExtendRequest(int? Minutes, int? Sequence = null) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Minutes), SessionRules.Extension(Minutes)));
}

/// <param name="Minutes">5, 10 or 15: after the start, or after now when it has begun.</param>
public sealed record LateRequest(int? Minutes) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Minutes), SessionRules.LateMinutes(Minutes)));
}

/// <param name="ParticipantId">One mentee of a group; absent: everybody on the other side who has not come.</param>
public sealed record MissedRequest(Guid? ParticipantId = null);

/// <param name="ParticipantId">One person; absent: everybody who waits.</param>
public sealed record AdmitRequest(Guid? ParticipantId = null);

/// <param name="Rating">1 (it did not help) to 5 (it was very good).</param>
/// <param name="Comment">At most 1,000 characters; may be absent. Only administrators read it.</param>
public sealed record FeedbackRequest(int? Rating, string? Comment = null) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of(
        (nameof(Rating), SessionRules.Rating(Rating)), (nameof(Comment), SessionRules.Comment(Comment)));
}

/// <param name="Words">A sentence about what doesn't work, at most 500 characters; may be absent. Only administrators read it.</param>
public sealed record TroubleRequest(string? Words = null) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Words), SessionRules.Trouble(Words)));
}

/// <param name="Agree">To the proposed time.</param>
public sealed record AnswerRequest(bool? Agree) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Agree), Agree is null ? ErrorText.FieldMissing : null));
}

/// <param name="Reason">For the mentee; may be absent.</param>
public sealed record DeclineRequest(string? Reason) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Reason), SessionRules.DeclineReason(Reason)));
}

/// <param name="ExternalMeetingUrl">An address of the mentor's in place of the provider's room; null or absent for the provider's
/// room.</param>
public sealed record ToggleRequest(string? ExternalMeetingUrl);

/// <param name="Topic">At most 200 characters.</param>
/// <param name="Minutes">15 to 240.</param>
public sealed record InstantRequest(string? Topic, int Minutes = 60) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of(
        (nameof(Topic), SessionRules.Topic(Topic)), (nameof(Minutes), SessionRules.InstantMinutes(Minutes)));
}
