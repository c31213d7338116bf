using Portal.Sessions;

namespace Portal.Joining;

/// <summary>The portal's roles in the words of the contract, which may grow on its own.</summary>
public static class ProviderRoles
{
    public static Providers.ParticipantRole ForProvider(this ParticipantRole role) => role switch
    {
        ParticipantRole.Mentor => Providers.ParticipantRole.Mentor,
        ParticipantRole.Mentee => Providers.ParticipantRole.Mentee,
        ParticipantRole.Observer => Providers.ParticipantRole.Observer,
        ParticipantRole.Guest => Providers.ParticipantRole.Guest,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
