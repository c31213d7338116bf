using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>Times of one range, merged while they come, so that a million of them need no more room than what they cover.</summary>
public sealed class MergedTimes(Instant from, Instant to)
{
    /// <summary>So many apart from each other are kept; a year has 8,784 hours.</summary>
    public const int Max = 10_000;

    private List<Interval> _times = [];
    private int _mergeAt = 4096;

    public Instant To { get; } = to;
    public bool IsFull { get; private set; }

    /// <summary>The part that lies in the range.</summary>
    public void Add(Instant start, Instant end)
    {
        if (end <= from || start >= To || end <= start || IsFull)
            return;
        _times.Add(new(Instant.Max(start, from), Instant.Min(end, To)));
        if (_times.Count < _mergeAt)
            return;
        _times = Merge(_times);
        IsFull = _times.Count >= Max;
        _mergeAt = Math.Max(4096, _times.Count * 2);
    }

    /// <summary>In order, without overlaps.</summary>
    public IReadOnlyList<Interval> ToList() => [.. Merge(_times).Take(Max)];

    private static List<Interval> Merge(List<Interval> times)
    {
        var merged = new List<Interval>();
        foreach (var time in times.OrderBy(t => t.Start))
        {
            if (merged.Count > 0 && time.Start <= merged[^1].End)
                merged[^1] = new(merged[^1].Start, Instant.Max(merged[^1].End, time.End));
            else
                merged.Add(time);
        }
        return merged;
    }
}
