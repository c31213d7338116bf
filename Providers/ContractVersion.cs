namespace Providers;

/// <summary>
/// The version of this contract. A plugin names the one it was built for in <c>plugin.json</c>: the major version must
/// equal the host's and the minor must not be above it. Within a major version members are only added, with a default
/// body or as a new interface.
/// </summary>
public static class ContractVersion
{
    /// <summary>Raised when something existing changes its meaning.</summary>
    public const int Major = 1;

    /// <summary>Raised when something is added.</summary>
    public const int Minor = 2;
}
