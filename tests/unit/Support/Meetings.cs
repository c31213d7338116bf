using Providers;

namespace Tests.Support;

/// <summary>A meeting and the people in it, as the portal hands them to providers.</summary>
internal static class Meetings
{
    public static readonly Guid SessionId = Guid.Parse("0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d");
    public static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    public static MeetingRequest Request(string? mentorUrl = null) => new()
    {
        SessionId = SessionId,
        RoomVersion = 3,
        Title = "Career talk",
        Start = Start,
        Length = TimeSpan.FromMinutes(45),
        TimeZone = "Africa/Cairo",
        MentorName = "Maha Nassar",
        MenteeName = "طالب الأحمد",
        MentorUrl = mentorUrl,
    };

    public static JoinRequest Join(
        MeetingHandle handle, ParticipantRole role = ParticipantRole.Mentee, string name = "Maha Nassar", string? email = null) => new()
        {
            Handle = handle,
            Meeting = new JoinMeeting(SessionId, "Career talk", Start, Start.AddMinutes(45), Start.AddMinutes(75), 3),
            Participant = new JoinParticipant(Guid.Parse("0199d2f0-0000-7000-8000-00000000000a"), name, email, null, role),
            Culture = "en",
        };
}
