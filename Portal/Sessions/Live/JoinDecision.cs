namespace Portal.Sessions.Live;

/// <summary>What the portal says to somebody at the door. Kept with the events of a meeting.</summary>
public enum JoinDecision
{
    Open,
    TooEarly,
    NotConfirmed,
    WaitingForMentor,

    /// <summary>The provider has not made the meeting yet.</summary>
    Preparing,
    Cancelled,
    Over,
    Revoked,

    /// <summary>Invited until a moment that has come, or to a time that the session was moved away from.</summary>
    AccessEnded,
    NotParticipant,
    SignInNeeded,

    /// <summary>A guest says who it is first.</summary>
    NameNeeded,

    /// <summary>The meeting may be recorded, and the person has not said whether they agree.</summary>
    ConsentNeeded,
    Unknown,

    /// <summary>The person may join, but the provider failed just now.</summary>
    ProviderFailed,
}
