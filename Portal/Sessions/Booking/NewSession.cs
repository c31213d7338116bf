using Portal.People;
using Portal.Sessions.Availability;

namespace Portal.Sessions.Booking;

/// <summary>A session as it is booked, before it has its time.</summary>
internal static class NewSession
{
    public static MentoringSession Of(
        MentorProfile mentor, PortalUser host, PortalUser mentee, SessionKind? kind, BookingRequest request, Slot slot, DateTimeOffset now)
    {
        var by = request.BookerOf(mentee)!;
        var isGroup = kind?.Capacity > 1;
        var waits = mentor.ConfirmsByHand && !isGroup;
        return new MentoringSession
        {
            MentorId = mentor.UserId,
            Mentor = host,
            Topic = isGroup ? kind!.Name : FreeText.OneLine(request.Topic),
            Note = isGroup ? "" : FreeText.Lines(request.Note),
            KindId = kind?.Id,
            KindName = kind?.Name ?? "",
            Capacity = kind?.Capacity ?? 1,
            State = waits ? SessionState.Requested : SessionState.Confirmed,
            ExpiresUtc = waits ? now + MentoringSession.MaxRequest : null,
            TimeZone = mentor.User.TimeZone,
            BufferMinutes = mentor.BufferMinutes,
            CreatedUtc = now,
            Participants =
            [
                new() { Role = ParticipantRole.Mentor, UserId = host.Id, User = host },
                new() { Role = ParticipantRole.Mentee, UserId = mentee.Id, User = mentee },
                .. isGroup ? [] : Invited(request, slot).Select(i => InvitationService.PartOf(i, by, now)),
                .. isGroup || !request.Observes || by.Id == mentee.Id || by.Id == host.Id ? Array.Empty<SessionParticipant>()
                    : [new() { Role = ParticipantRole.Observer, UserId = by.Id, User = by, InvitedBy = by.Id, InvitedUtc = now }],
            ],
        };
    }

    /// <summary>Those whose access has not ended before this date of a series; "the first half hour" is of each.</summary>
    private static IEnumerable<Invitation> Invited(BookingRequest request, Slot slot) => request.Invitations
        .Select(i => i with { Until = AccessEnd.Moved(i.Until, request.Start, request.Start + (slot.End - slot.Start), slot.Start) })
        .Where(i => i.Until is not { } until || until > slot.Start);
}
