namespace Portal.Sessions.Mails;

/// <summary>A session as one reader's mail tells it.</summary>
/// <param name="With">The people on the other side; somebody who has left the portal is "".</param>
/// <param name="WithTimeZone">Their zone (IANA id) when they share one, else null.</param>
public sealed record SessionFacts(
    string Topic, DateTimeOffset StartUtc, int LengthMinutes, ParticipantRole ReaderRole, IReadOnlyList<string> With, string? WithTimeZone)
{
    /// <summary>Set in the mails of a guardian: whose session it is.</summary>
    public Ward? Ward { get; init; }

    /// <summary>Participants must be loaded, with their accounts.</summary>
    public static SessionFacts For(MentoringSession session, SessionParticipant reader)
    {
        var others = reader.Role switch
        {
            ParticipantRole.Mentor => session.Participants
                .Where(p => p.Role == ParticipantRole.Mentee && p.LeftUtc is null && p.WaitingSinceUtc is null).ToList(),
            // Who is invited to look on wants to know whom it is about.
            ParticipantRole.Observer when session.Capacity == 1 => [session.MentorPart, .. session.Seated],
            _ => [session.MentorPart],
        };
        var zones = others.Select(p => p.TimeZone).Distinct().ToList();
        return new(session.Topic, session.StartUtc, session.LengthMinutes, reader.Role,
            [.. others.Select(p => p.StoredName)], zones.Count == 1 ? zones[0] : null);
    }
}

/// <summary>The child whose guardian reads a mail.</summary>
public sealed record Ward(Guid ParticipantId, string Name);
