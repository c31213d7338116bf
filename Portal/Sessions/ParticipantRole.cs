namespace Portal.Sessions;

/// <summary>A person's part in a session. Stored by name; what plugins are told is the contract's own (Joining/ProviderRoles).</summary>
public enum ParticipantRole
{
    Mentor,
    Mentee,

    /// <summary>A guardian or supervisor: may listen.</summary>
    Observer,

    /// <summary>Without an account, invited by link.</summary>
    Guest,
}
