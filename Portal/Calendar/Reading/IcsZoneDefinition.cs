using System.Globalization;
using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>A VTIMEZONE: what a calendar says itself about the clocks of a zone.</summary>
public sealed class IcsZoneDefinition
{
    /// <summary>What recurs is followed so far back: an entry may be old, but what matters of it is near.</summary>
    private const int YearsBack = 30;

    private readonly List<Observance> _observances = [];

    /// <summary>The name that the zone has elsewhere (X-LIC-LOCATION).</summary>
    public string? Location { get; set; }

    public void Begin() => _observances.Add(new());

    /// <summary>A property of the STANDARD or DAYLIGHT that was begun last.</summary>
    public void Take(IcsLine line, IcsBudget budget) => _observances[^1].Take(line, budget);

    /// <summary>Null where the definition cannot be understood to its end.</summary>
    /// <param name="from">The first moment that matters.</param>
    /// <param name="to">The last.</param>
    /// <param name="beyond">A known zone of that name, for what comes after a list of dates that has an end.</param>
    /// <param name="budget">Pays for it.</param>
    public DateTimeZone? Build(Instant from, Instant to, DateTimeZone? beyond, IcsBudget budget)
    {
        if (_observances.Count == 0 || _observances.Any(o => !o.IsWhole))
            return null;
        var (first, last) = (from.InUtc().Date.PlusYears(-YearsBack), to.InUtc().Date.PlusYears(1));
        var onsets = _observances.SelectMany(o => o.Onsets(first, last, budget)).OrderBy(o => o.At).ToList();
        var kept = new List<Onset>();
        foreach (var onset in onsets)
        {
            // No clock changes twice a day; of two that say so the later one counts.
            if (kept.Count > 0 && onset.At - kept[^1].At < Duration.FromDays(1))
                kept[^1] = onset with { Before = kept[^1].Before };
            else
                kept.Add(onset);
        }
        return kept.Count == 0 ? null
            : new DefinedZone(kept, _observances.Count > 1 && _observances.All(o => o.Rules.Count == 0) ? beyond : null);
    }

    /// <summary>A moment at which the clock changes.</summary>
    internal readonly record struct Onset(Instant At, Offset Before, Offset After);

    private sealed class Observance
    {
        private readonly List<IcsStamp> _dates = [];
        private IcsStamp? _start;
        private Offset? _before, _after;
        private bool _isHurt;

        public List<IcsRule> Rules { get; } = [];

        public bool IsWhole => !_isHurt && _start is { IsDate: false } && _after is not null;

        public void Take(IcsLine line, IcsBudget budget)
        {
            switch (line.Name)
            {
                case "DTSTART":
                    _start = IcsStamp.Read(line.Value);
                    break;
                case "TZOFFSETFROM":
                    _before = ReadOffset(line.Value);
                    break;
                case "TZOFFSETTO":
                    _after = ReadOffset(line.Value);
                    break;
                case "RRULE":
                    if (IcsRule.Read(line.Value) is { } rule)
                        Rules.Add(rule);
                    else
                        _isHurt = true;
                    break;
                case "RDATE":
                    IcsEvent.ForEach(line, budget, part =>
                    {
                        if (IcsPeriod.Read(part, line) is { } period)
                            _dates.Add(period.Start);
                        else
                            _isHurt = true;
                    });
                    break;
            }
        }

        public IEnumerable<Onset> Onsets(LocalDate first, LocalDate last, IcsBudget budget)
        {
            var (before, after) = (_before ?? _after!.Value, _after!.Value);
            var (start, zone) = (_start!.Value, DateTimeZone.ForOffset(before));
            var own = new IcsTime(start.Local, start.IsUtc ? DateTimeZone.Utc : zone, false);
            // The first one of a rule need not fit it: Windows writes the year 1601.
            var starts = Rules.Count == 0 || start.Local.Date >= first ? [own.Instant] : Enumerable.Empty<Instant>();
            var dates = _dates.Select(d => d.IsUtc ? d.Local.InUtc().ToInstant() : zone.AtStrictly(d.Local).ToInstant());
            var ruled = Rules.SelectMany(r => r.Starts(own, first, last, budget.Spend)).Select(own.At);
            return starts.Concat(dates).Concat(ruled).Where(_ => budget.Spend(5)).Select(at => new Onset(at, before, after));
        }

        /// <summary><c>+0200</c>, <c>-033045</c>, and <c>+02:00</c>, which some write.</summary>
        private static Offset? ReadOffset(string text)
        {
            var digits = text.Trim().Replace(":", "", StringComparison.Ordinal);
            if (digits.Length is not (5 or 7) || digits[0] is not ('+' or '-')
                || !int.TryParse(digits.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            if (digits.Length == 5)
                number *= 100;
            var seconds = number / 10_000 * 3600 + number / 100 % 100 * 60 + number % 100;
            return seconds > 18 * 3600 ? null : Offset.FromSeconds(digits[0] == '-' ? -seconds : seconds);
        }
    }

    /// <summary>One of the observances before its first change, then what each change makes of it.</summary>
    private sealed class DefinedZone(List<Onset> onsets, DateTimeZone? beyond) : DateTimeZone(
        "own", false, onsets.Min(o => Offset.Min(o.Before, o.After)), onsets.Max(o => Offset.Max(o.Before, o.After)))
    {
        private readonly List<Instant> _at = [.. onsets.Select(o => o.At)];

        public override NodaTime.TimeZones.ZoneInterval GetZoneInterval(Instant instant)
        {
            var index = _at.BinarySearch(instant) is >= 0 and var exact ? exact : ~_at.BinarySearch(instant) - 1;
            if (index < 0)
                return new("own", null, _at[0], onsets[0].Before, Offset.Zero);
            if (index == _at.Count - 1 && beyond is not null && instant - _at[index] > Duration.FromDays(183))
                return beyond.GetZoneInterval(instant);
            return new("own", _at[index], index + 1 < _at.Count ? _at[index + 1] : null, onsets[index].After, Offset.Zero);
        }
    }
}
