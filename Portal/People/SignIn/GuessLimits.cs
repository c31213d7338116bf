namespace Portal.People.SignIn;

/// <summary>Where somebody tries to sign in from.</summary>
/// <param name="Network">By <see cref="ClientNetwork.Of"/>.</param>
/// <param name="KnownBrowser">A mark of the browser, where this account was signed in there before; strangers do not close its door.</param>
public sealed record GuessSource(string Network, string? KnownBrowser = null);

/// <summary>One count of failures, and how many of them are free.</summary>
public readonly record struct GuessCount(string Key, int Free);

/// <summary>
/// Counts wrong passwords and codes, each portal for itself and in memory: an attack must not fill the database, and nothing of it is
/// worth keeping. Names are counted as they were typed, whether or not there is such an account, so that a wait tells nobody anything.
/// </summary>
public sealed class GuessLimits(TimeProvider clock)
{
    internal const int MaxCounts = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Failures, int Free, DateTimeOffset At)> _counts = [];
    private readonly Dictionary<string, DateTimeOffset> _known = [];

    public IReadOnlyList<GuessCount> ForSignIn(string name, GuessSource from)
    {
        if (from.KnownBrowser is { } browser)
            return [new($"browser:{name}:{browser}", GuessRules.FreeAtOneDoor)];
        var door = new GuessCount(DoorOf(name, from), GuessRules.FreeAtOneDoor);
        var network = new GuessCount($"network:{from.Network}", GuessRules.FreeFromNetwork);
        lock (_lock)
            return _known.ContainsKey(door.Key) ? [door, network] : [door, network, new($"account:{name}", GuessRules.FreeForAccount)];
    }

    /// <summary>Whoever comes this far has the password: the codes of an account are counted apart, and all together.</summary>
    public static IReadOnlyList<GuessCount> ForCodes(Guid userId, GuessSource from) =>
        [new($"code:{userId}:{from.KnownBrowser}", GuessRules.FreeAtOneDoor)];

    /// <summary>Somebody who is signed in is asked again: no stranger's tries count here.</summary>
    public static IReadOnlyList<GuessCount> ForAskingAgain(Guid userId, Guid? device) =>
        [new($"again:{userId}:{device}", GuessRules.FreeAtOneDoor)];

    /// <summary>How long it takes until the next try counts; zero for now.</summary>
    public TimeSpan Wait(IReadOnlyList<GuessCount> counts)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return counts.Select(c => _counts.TryGetValue(c.Key, out var held)
                ? held.At + GuessRules.WaitAfter(held.Failures, c.Free) - now : TimeSpan.Zero).Append(TimeSpan.Zero).Max();
        }
    }

    /// <summary>True when this failure was the one that closed the door.</summary>
    public bool Failed(IReadOnlyList<GuessCount> counts)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var closed = false;
            foreach (var (key, free) in counts)
            {
                var before = _counts.TryGetValue(key, out var held) ? GuessRules.LeftOf(held.Failures, free, now - held.At) : 0;
                _counts[key] = (before + 1, free, now);
                closed |= before < free && before + 1 >= free;
            }
            MakeRoom(now);
            return closed;
        }
    }

    /// <summary>What was typed was right after all; from this network the account is at home.</summary>
    public void Succeeded(string name, GuessSource from)
    {
        lock (_lock)
        {
            // The owner's own browser has a count of its own: it does not open the door again for others behind the same address.
            _counts.Remove(from.KnownBrowser is { } browser ? $"browser:{name}:{browser}" : DoorOf(name, from));
            _known[DoorOf(name, from)] = clock.GetUtcNow();
            if (_known.Count > MaxCounts)
                foreach (var oldest in _known.OrderBy(k => k.Value).Take(MaxCounts / 4).ToList())
                    _known.Remove(oldest.Key);
        }
    }

    public void Forget(IReadOnlyList<GuessCount> counts)
    {
        lock (_lock)
            foreach (var count in counts)
                _counts.Remove(count.Key);
    }

    /// <summary>Its owner has read a mail and chosen another password: what was guessed before is worth nothing.</summary>
    public void ForgetAccount(string name)
    {
        lock (_lock)
            foreach (var key in _counts.Keys.Where(k => k == $"account:{name}" || k.StartsWith($"door:{name}:", StringComparison.Ordinal)).ToList())
                _counts.Remove(key);
    }

    /// <summary>First those that have run out, then those that were touched longest ago.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        if (_counts.Count <= MaxCounts)
            return;
        foreach (var old in _counts.Where(c => GuessRules.LeftOf(c.Value.Failures, c.Value.Free, now - c.Value.At) == 0).ToList())
            _counts.Remove(old.Key);
        if (_counts.Count > MaxCounts)
            foreach (var old in _counts.OrderBy(c => c.Value.At).Take(MaxCounts / 4).ToList())
                _counts.Remove(old.Key);
    }

    private static string DoorOf(string name, GuessSource from) => $"door:{name}:{from.Network}";
}
