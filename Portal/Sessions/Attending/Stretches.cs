namespace Portal.Sessions.Attending;

/// <summary>Stretches of time: sorted, apart from each other, each longer than nothing.</summary>
public static class Stretches
{
    public static IReadOnlyList<Stretch> Union(IEnumerable<Stretch> any)
    {
        var apart = new List<Stretch>();
        foreach (var next in any.Where(s => s.Until > s.From).OrderBy(s => s.From))
        {
            if (apart.Count == 0 || next.From > apart[^1].Until)
                apart.Add(next);
            else if (next.Until > apart[^1].Until)
                apart[^1] = apart[^1] with { Until = next.Until };
        }
        return apart;
    }

    public static IReadOnlyList<Stretch> Common(IReadOnlyList<Stretch> some, IReadOnlyList<Stretch> others) => Union(
        from a in some
        from b in others
        select new Stretch(a.From > b.From ? a.From : b.From, a.Until < b.Until ? a.Until : b.Until));

    public static TimeSpan Length(IEnumerable<Stretch> apart) => apart.Aggregate(TimeSpan.Zero, (sum, s) => sum + (s.Until - s.From));
}

public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset Until);
