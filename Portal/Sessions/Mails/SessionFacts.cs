
namespace Portal.Sessions.Mails;

/// <summary>A session as one reader's mail tells it.</summary>
/// <param name="With">The people on the other side, as one text.</param>
/// <param name="WithTimeZone">Their zone (IANA id) when they share one, else null.</param>
public sealed record SessionFacts(
    string Topic, DateTimeOffset StartUtc, int LengthMinutes, ParticipantRole ReaderRole, string With, string? WithTimeZone)
{
    /// <summary>Participants must be loaded, with their accounts.</summary>
    public static SessionFacts For(MentoringSession session, SessionParticipant reader)
    {
        var others = reader.Role == ParticipantRole.Mentor
            ? session.Participants.Where(p => p.Role == ParticipantRole.Mentee && p.LeftUtc is null && p.WaitingSinceUtc is null).ToList()
            : [session.MentorPart];
        var zones = others.Select(p => p.TimeZone).Distinct().ToList();
        return new(session.Topic, session.StartUtc, session.LengthMinutes, reader.Role,
            string.Join(", ", others.Select(p => p.Name)), zones.Count == 1 ? zones[0] : null);
    }
}
