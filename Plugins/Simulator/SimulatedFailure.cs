namespace Plugins.Simulator;

/// <summary>How calls fail: as those of a real tool do, each by what the contract calls it.</summary>
public enum SimulatedFailure
{
    None,
    Unauthorized,
    Rejected,
    RateLimited,
    Unavailable,

    /// <summary>An exception that the plugin did not foresee.</summary>
    Bug,
}
