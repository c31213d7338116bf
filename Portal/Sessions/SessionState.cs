namespace Portal.Sessions;

public enum SessionState
{
    /// <summary>Waits for the mentor's answer; holds its time.</summary>
    Requested,
    Confirmed,
    Declined,
    Expired,
    Cancelled,
    Completed,
    Missed,
}

public static class SessionStates
{
    /// <summary>Every change of state that exists. What is not here is refused.</summary>
    public static bool CanBecome(this SessionState from, SessionState to) => (from, to) switch
    {
        (SessionState.Requested, SessionState.Confirmed or SessionState.Declined or SessionState.Expired or SessionState.Cancelled) => true,
        (SessionState.Confirmed, SessionState.Cancelled or SessionState.Completed or SessionState.Missed) => true,
        _ => false,
    };

    public static bool HoldsItsTime(this SessionState state) => state is SessionState.Requested or SessionState.Confirmed;
}
