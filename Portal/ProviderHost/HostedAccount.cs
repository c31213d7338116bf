using Microsoft.Extensions.Localization;

namespace Portal.ProviderHost;

/// <summary>One account of a plugin as the portal holds it: how it is and, where it could be started, its provider.</summary>
internal sealed class HostedAccount(string pluginId, TimeProvider clock)
{
    private sealed record Condition(PluginState State, LocalText? Reason, DateTimeOffset Since);

    private volatile Condition condition = new(PluginState.Faulted, null, clock.GetUtcNow());
    private int stuckCalls;

    public string PluginId => pluginId;

    /// <summary>Empty for the one that the configuration alone makes.</summary>
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public bool IsDefault { get; init; }
    public Guid Version { get; init; }

    public PluginState State => condition.State;

    /// <summary>Null when it could not be started.</summary>
    public StartedProvider? Started { get; private set; }

    /// <summary>Calls that were given up but have not come back; each of them holds a thread or a socket.</summary>
    public int StuckCalls => Volatile.Read(ref stuckCalls);

    public void Start(StartedProvider started)
    {
        Started = started;
        Works();
    }

    public void Works()
    {
        if (condition.State != PluginState.Active)
            condition = new(PluginState.Active, null, clock.GetUtcNow());
    }

    public void Refuse(PluginState state, LocalText reason) => condition = new(state, reason, clock.GetUtcNow());

    public void GiveUpOn(Task call)
    {
        Interlocked.Increment(ref stuckCalls);
        // Looking at the exception keeps a late failure from being reported as unobserved.
        _ = call.ContinueWith(late => { _ = late.Exception; Interlocked.Decrement(ref stuckCalls); }, TaskScheduler.Default);
    }

    public AccountStatus StatusIn(IStringLocalizer texts)
    {
        var now = condition;
        return new(Id, Name, IsDefault, now.State, now.Reason?.In(texts), now.Since, Started?.Descriptor.KnownLimits ?? []);
    }
}

/// <summary>What an administrator is told of one account, in the current language.</summary>
public sealed record AccountStatus(
    Guid Id, string Name, bool IsDefault, PluginState State, string? Reason, DateTimeOffset Since, IReadOnlyList<string> KnownLimits);
