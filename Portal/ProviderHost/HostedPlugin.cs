using Microsoft.Extensions.Localization;

namespace Portal.ProviderHost;

/// <summary>One plugin folder as the portal holds it: what it is, how it is, and, where it could be started, its provider.</summary>
internal sealed class HostedPlugin(string id, IReadOnlyDictionary<string, string> names, bool isIdentified, TimeProvider clock)
{
    private sealed record Condition(PluginState State, LocalText? Reason, DateTimeOffset Since);

    private volatile Condition condition = new(PluginState.Faulted, null, clock.GetUtcNow());
    private int stuckCalls;

    public string Id => id;

    /// <summary>False when its manifest could not be read, or its id belongs to another plugin.</summary>
    public bool IsIdentified => isIdentified;

    /// <summary>By its manifest, whether or not it could be started.</summary>
    public bool IsForEveryone { get; init; }

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

    public PluginStatus StatusIn(IStringLocalizer texts)
    {
        var now = condition;
        return new(id, names, now.State, now.Reason?.In(texts), now.Since, Started?.Descriptor.KnownLimits ?? []);
    }
}
