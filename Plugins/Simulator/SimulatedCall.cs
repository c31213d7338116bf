namespace Plugins.Simulator;

/// <summary>Which calls fail.</summary>
public enum SimulatedCall
{
    All,
    Create,
    Update,
    End,
    Join,
    Attendance,
}
