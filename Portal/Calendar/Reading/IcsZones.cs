using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>
/// The zones of one calendar: what it defines itself decides, whatever it is called; then the names that are known; else a guess.
/// </summary>
public sealed class IcsZones(DateTimeZone mentors, Instant from, Instant to, IcsBudget budget)
{
    private readonly Dictionary<string, IcsZoneDefinition> _defined = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeZone> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _guessed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone of times that name none (X-WR-TIMEZONE).</summary>
    public string? DefaultId { get; set; }

    /// <summary>Some zone that was asked for is neither defined nor known.</summary>
    public bool HasGuessed => _guessed.Count > 0;

    public void Define(string id, IcsZoneDefinition definition) => _defined.TryAdd(ZoneName.Clean(id), definition);

    /// <summary>Whole days are the mentor's own.</summary>
    public IcsTime At(IcsStamp stamp) =>
        new(stamp.Local, stamp.IsDate ? mentors : stamp.IsUtc ? DateTimeZone.Utc : Of(stamp.ZoneId), stamp.IsDate);

    private DateTimeZone Of(string? id)
    {
        id ??= DefaultId;
        if (id is null || ZoneName.Clean(id) is not { Length: > 0 } name)
            return mentors;
        if (_found.TryGetValue(name, out var found))
            return found;
        budget.Spend(20);
        return _found[name] = Find(name);
    }

    private DateTimeZone Find(string name)
    {
        var definition = _defined.GetValueOrDefault(name);
        var known = ZoneName.Find(name) ?? (definition?.Location is { } location ? ZoneName.Find(location) : null);
        if (definition?.Build(from, to, known, budget) is { } built)
            return built;
        if (known is not null)
            return known;
        _guessed.Add(name);
        return ZoneName.OffsetIn(name) is { } offset ? DateTimeZone.ForOffset(offset)
            : DefaultId is { } other && !ZoneName.Clean(other).Equals(name, StringComparison.OrdinalIgnoreCase) ? Of(other) : mentors;
    }
}
