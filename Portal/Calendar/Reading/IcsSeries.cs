using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>When one entry takes time: what its rules add, its exceptions take away, and later entries of its UID move.</summary>
/// <param name="entry">One with a start.</param>
/// <param name="later">The entries that stand for times of it.</param>
/// <param name="budget">Pays for it.</param>
internal sealed class IcsSeries(IcsEvent entry, IEnumerable<IcsEvent> later, IcsBudget budget)
{
    private const int MaxMargin = 3660;

    private readonly IcsTime _first = entry.Zones.At(entry.Start!.Value);
    private readonly List<Change> _changes = [];
    private readonly HashSet<LocalDateTime> _goneLocals = [];
    private readonly HashSet<LocalDate> _goneDays = [];
    private readonly HashSet<Instant> _gone = [];

    /// <summary>From a time on: so much later, by another entry's length, or no more.</summary>
    private sealed record Change(LocalDateTime From, Period Shift, IcsEvent Entry);

    /// <summary>False after a rule, or a move, that is not understood.</summary>
    public bool IsUnderstood { get; private set; } = true;

    public void AddTo(MergedTimes times, Instant from, Instant to)
    {
        Prepare();
        foreach (var (local, own) in Starts(from, to))
        {
            if (!budget.Spend(6))
                return;
            if (IsGone(local))
                continue;
            var (shifted, source, length) = (local, entry, own);
            if (ChangeAt(local) is { } change)
                (shifted, source, length) = (local + change.Shift, change.Entry, null);
            if (source.TakesTime)
                Add(times, shifted, source, length, to);
        }
    }

    private void Prepare()
    {
        foreach (var stamp in entry.Except)
            TakeAway(stamp);
        foreach (var other in later)
        {
            if (!budget.Spend(6))
                return;
            if (other.AndWhatFollows)
                Move(other);
            else
                TakeAway(other.Replaces!.Value);
        }
        _changes.Sort((a, b) => a.From.CompareTo(b.From));
    }

    private void Move(IcsEvent other)
    {
        var from = LocalOf(entry.Zones.At(other.Replaces!.Value));
        var start = other.Start is { } moved ? LocalOf(other.Zones.At(moved)) : from;
        var shift = Period.Between(from, start, PeriodUnits.Days | PeriodUnits.AllTimeUnits);
        if (Math.Abs(shift.Days) <= MaxMargin)
            _changes.Add(new(from, shift, other));
        else
            IsUnderstood = false;
    }

    private void TakeAway(IcsStamp stamp)
    {
        if (stamp.IsDate || _first.IsDate && stamp.Local.TimeOfDay == LocalTime.Midnight)
            _goneDays.Add(stamp.Local.Date);
        else if (stamp.IsFloating)
            _goneLocals.Add(stamp.Local);
        if (!stamp.IsDate)
            _gone.Add(entry.Zones.At(stamp).Instant);
    }

    /// <summary>On the clock of the series.</summary>
    private LocalDateTime LocalOf(IcsTime time) =>
        time.IsDate || _first.IsDate && time.Local.TimeOfDay == LocalTime.Midnight ? time.Local.Date + _first.Local.TimeOfDay
            : time.Instant.InZone(_first.Zone).LocalDateTime;

    private bool IsGone(LocalDateTime local) =>
        _goneDays.Count > 0 && _goneDays.Contains(local.Date) || _goneLocals.Count > 0 && _goneLocals.Contains(local)
        || _gone.Count > 0 && _gone.Contains(_first.At(local));

    private Change? ChangeAt(LocalDateTime local) =>
        _changes.Count == 0 || !budget.Spend(_changes.Count / 8) ? null : _changes.FindLast(c => c.From <= local);

    private IEnumerable<(LocalDateTime Local, Duration? Own)> Starts(Instant from, Instant to)
    {
        // What begins before the range, or is moved into it, counts as well.
        var lengths = _changes.Select(c => c.Entry).Append(entry).Max(e => (int)Math.Min(MaxMargin, LengthOf(e).TotalDays));
        var shifts = _changes.Select(c => Math.Abs(c.Shift.Days)).Append(0).Max();
        var earliest = from.InZone(_first.Zone).Date.PlusDays(-2 - lengths - shifts);
        var latest = to.InZone(_first.Zone).Date.PlusDays(2 + shifts);
        _goneLocals.UnionWith(entry.NotRules.SelectMany(text => StartsOf(text, earliest, latest)));
        yield return (_first.Local, null); // whether it fits the rule or not
        foreach (var local in entry.Rules.SelectMany(text => StartsOf(text, earliest, latest)))
            yield return (local, null);
        foreach (var also in entry.Also)
        {
            var start = entry.Zones.At(also.Start);
            Duration? own = also.End is { } end ? entry.Zones.At(end).Instant - start.Instant : also.Length;
            yield return (start.IsDate ? start.Local.Date + _first.Local.TimeOfDay : start.Instant.InZone(_first.Zone).LocalDateTime, own);
        }
    }

    private IEnumerable<LocalDateTime> StartsOf(string rule, LocalDate earliest, LocalDate latest)
    {
        budget.Spend(20 + rule.Length / 2);
        if (IcsRule.Read(rule) is { } read)
            return read.Starts(_first, earliest, latest, budget.Spend);
        IsUnderstood = false;
        return [];
    }

    private void Add(MergedTimes times, LocalDateTime local, IcsEvent source, Duration? own, Instant to)
    {
        var isDays = source.Start is { IsDate: true } || source.Start is null && _first.IsDate;
        var start = isDays && own is null ? _first.Zone.AtStartOfDay(local.Date).ToInstant() : _first.At(local);
        if (start >= to)
            return; // what would come after the end of all calendars as well
        var days = source.End is null && source.Length is null ? DaysOf(entry) : DaysOf(source);
        var end = own is { } length ? start + length
            : isDays ? _first.Zone.AtStartOfDay(local.Date.PlusDays(Math.Max(1, days))).ToInstant()
            : start + LengthOf(source);
        times.Add(start, end);
    }

    /// <summary>Whole days of an entry without a clock.</summary>
    private static int DaysOf(IcsEvent of)
    {
        if (of.Start is not { IsDate: true } start)
            return 0;
        // An end with a clock lies in its day.
        var last = of.End is not { } end ? start.Local.Date.PlusDays((int)(of.Length ?? Duration.Zero).TotalDays)
            : end.Local.TimeOfDay == LocalTime.Midnight ? end.Local.Date : end.Local.Date.PlusDays(1);
        return Math.Max(1, Period.DaysBetween(start.Local.Date, last));
    }

    /// <summary>An entry with a start alone takes no time; of one that moves others, what they took before.</summary>
    private Duration LengthOf(IcsEvent of)
    {
        if (of.Start is not { } start || of.End is null && of.Length is null && of != entry)
            return of == entry ? Duration.Zero : LengthOf(entry);
        if (start.IsDate)
            return Duration.FromDays(DaysOf(of));
        if (of.End is not { } end)
            return of.Length ?? Duration.Zero;
        // A time that ends on a day ends with it.
        var last = of.Zones.At(end.IsDate ? new(end.Local.PlusDays(1), start.ZoneId, start.IsUtc, false) : end);
        return Duration.Max(Duration.Zero, last.Instant - of.Zones.At(start).Instant);
    }
}
