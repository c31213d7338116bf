using Portal.People;
using Portal.Sessions.Availability;

namespace Portal.Sessions.Booking;

/// <summary>A session as it is booked, before it has its time.</summary>
internal static class NewSession
{
    public static MentoringSession Of(
        MentorProfile mentor, PortalUser host, PortalUser mentee, SessionKind? kind, BookingRequest request, DateTimeOffset now)
    {
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
                .. isGroup ? [] : request.Invitations.Select(i => InvitationService.PartOf(i, mentee, now)),
            ],
        };
    }
}
