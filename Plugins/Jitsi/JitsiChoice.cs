namespace Plugins.Jitsi;

/// <summary>Who decides on one feature of meetings.</summary>
public enum JitsiChoice
{
    /// <summary>Off in every meeting.</summary>
    Off,

    /// <summary>On in every meeting.</summary>
    On,

    /// <summary>Each mentor decides.</summary>
    Mentor,
}
