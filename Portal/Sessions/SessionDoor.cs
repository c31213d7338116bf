
namespace Portal.Sessions;

/// <summary>When a session can be entered: the one rule for the door, the pages and the sweeps.</summary>
public static class SessionDoor
{
    public static DateTimeOffset OpensAt(DateTimeOffset start, JoinOptions policy) => start.AddMinutes(-policy.OpensMinutesBefore);

    public static DateTimeOffset ClosesAt(DateTimeOffset end, JoinOptions policy) => end.AddMinutes(policy.SessionOverrunMinutes);

    /// <summary>Sessions that ended before this moment are closed at <paramref name="now"/>.</summary>
    public static DateTimeOffset ClosedWhenEndedBy(DateTimeOffset now, JoinOptions policy) => now.AddMinutes(-policy.SessionOverrunMinutes);

    /// <summary>Who came earlier came to another time: the session was moved since, or the door has not opened yet.</summary>
    public static DateTimeOffset CountsFrom(DateTimeOffset start, DateTimeOffset timeSet, JoinOptions policy) =>
        OpensAt(start, policy) is var opens && opens > timeSet ? opens : timeSet;

    /// <summary>Until then the other side is waited for, and can still say that it comes late.</summary>
    public static DateTimeOffset GraceEndsAt(DateTimeOffset start, JoinOptions policy) => start.AddMinutes(policy.GraceMinutes);
}
