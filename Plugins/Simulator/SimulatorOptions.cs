using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Plugins.Simulator;

/// <summary>The settings under Providers:simulator.</summary>
public sealed class SimulatorOptions
{
    [Category("Trouble")]
    public SimulatedFailure Failure { get; set; }

    [Category("Trouble")]
    public SimulatedCall FailingCall { get; set; }

    /// <summary>Before every answer; beyond the portal's limit for calls it is never heard.</summary>
    [Category("Trouble"), Range(0, 60)]
    public int DelaySeconds { get; set; }

    /// <summary>Meetings that were made are not there any more, as if somebody had deleted them at the tool.</summary>
    [Category("Trouble")]
    public bool LosesMeetings { get; set; }

    [Category("Meetings")]
    public bool PhoneNumbers { get; set; } = true;
}
