using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>What a provider is told of a session.</summary>
internal static class MeetingRequests
{
    /// <param name="link">With its session, the mentor and the participants.</param>
    public static MeetingRequest RequestFor(MeetingLink link)
    {
        var session = link.Session;
        return new MeetingRequest
        {
            SessionId = session.Id,
            RoomVersion = link.RoomVersion,
            Title = session.Topic,
            Start = session.StartUtc,
            Length = TimeSpan.FromMinutes(session.LengthMinutes),
            TimeZone = session.TimeZone,
            MentorName = session.Mentor.DisplayName,
            MentorEmail = session.Mentor.Email,
            MenteeName = session.Participants.FirstOrDefault(p => p.Role == ParticipantRole.Mentee)?.Name ?? "",
            MentorUrl = link.ExternalMeetingUrl,
            MentorPlace = link.MentorPlace,
        };
    }

    /// <summary>Null for a meeting that has not been made.</summary>
    public static MeetingHandle? HandleOf(MeetingLink link) =>
        link.Handle is null ? null : new(link.Handle) { Expires = link.ExpiresUtc, Key = link.ToolKey, Place = link.Place };

    public static void Keep(this MeetingLink link, MeetingHandle handle) =>
        (link.Handle, link.ExpiresUtc, link.Place, link.ToolKey) =
            (handle.Value, handle.Expires, handle.Place, handle.Key is { Length: <= 200 } key ? key : null);

    public static void Forget(this MeetingLink link) =>
        (link.Handle, link.ExpiresUtc, link.ToolKey, link.DialIn) = (null, null, null, null);
}
