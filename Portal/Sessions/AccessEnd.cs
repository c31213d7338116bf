namespace Portal.Sessions;

/// <summary>When a guest's or an observer's access ends before the session does: one rule for the door, the pages and the mails.</summary>
public static class AccessEnd
{
    /// <summary>It has come, or the session was moved behind it.</summary>
    public static bool IsOver(DateTimeOffset? until, DateTimeOffset start, DateTimeOffset now) =>
        until is { } end && (end <= now || end <= start);

    /// <summary>
    /// What it is at another time of the session: an end during the session goes along (the first half hour stays the first half hour), a
    /// later one is a day that somebody named, and stays.
    /// </summary>
    public static DateTimeOffset? Moved(DateTimeOffset? until, DateTimeOffset start, DateTimeOffset end, DateTimeOffset newStart) =>
        until is { } at && at > start && at <= end ? at + (newStart - start) : until;
}
