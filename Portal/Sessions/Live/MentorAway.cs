using Portal.Sessions.Attending;

namespace Portal.Sessions.Live;

/// <summary>
/// Since when the mentor's page is not in the room: closed, or silent, for a dead battery says no goodbye.
/// </summary>
internal static class MentorAway
{
    /// <returns>Null while the mentor is there, and as long as that cannot be known.</returns>
    /// <param name="mentorId">Their part.</param>
    /// <param name="stays">Of everybody, at the session's present time.</param>
    /// <param name="seen">What the door knows: of a mentor whose page told of no room, it is all there is.</param>
    /// <param name="now">The present.</param>
    public static DateTimeOffset? Since(Guid mentorId, IReadOnlyCollection<RoomStay> stays, Seen seen, DateTimeOffset now)
    {
        var theirs = stays.Where(s => s.ParticipantId == mentorId).ToList();
        if (theirs.Count == 0)
            return seen.MentorLeftUtc;
        if (theirs.Any(s => s.End is null && s.UntilUtc >= now - RoomStays.MaxSilence))
            return null;
        var last = theirs.MaxBy(s => s.UntilUtc)!;
        // On the way in again: the page tells of the room once it is open.
        var left = seen.MentorJoinedUtc > last.UntilUtc ? seen.MentorJoinedUtc.Value : last.UntilUtc;
        return last.End is not null || IsHeard(stays, mentorId, left) ? left : null;
    }

    /// <summary>
    /// Silence tells something only while another page is heard for as long: after an outage of the portal, everybody was silent.
    /// </summary>
    private static bool IsHeard(IEnumerable<RoomStay> stays, Guid mentorId, DateTimeOffset left) => stays.Any(s =>
        s.ParticipantId != mentorId && s.UntilUtc - (s.FromUtc > left ? s.FromUtc : left) >= RoomStays.MaxSilence);
}
