namespace Portal.Sessions.Live;

/// <summary>Who should come, because somebody is there: the one rule for the mails and for what browsers are told.</summary>
internal static class Awaited
{
    /// <summary>The mentor while somebody else is there; all mentees while the mentor alone is.</summary>
    public static IEnumerable<SessionParticipant> Of(MentoringSession session, IReadOnlyDictionary<Guid, DateTimeOffset> came)
    {
        var mentor = session.MentorPart;
        if (!came.ContainsKey(mentor.Id))
            return session.Participants.Any(p => p.IsIn && p.Role is ParticipantRole.Mentee or ParticipantRole.Guest
                && came.ContainsKey(p.Id)) ? [mentor] : [];
        return session.Seated.Any(p => came.ContainsKey(p.Id)) ? [] : session.Seated;
    }
}
