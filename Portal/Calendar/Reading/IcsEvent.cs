using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>An entry of a calendar, as far as it says when somebody is busy. What it is about is never read.</summary>
public sealed class IcsEvent(IcsZones zones)
{
    /// <summary>Those of its calendar.</summary>
    public IcsZones Zones { get; } = zones;

    public string Uid { get; private set; } = "";
    public IcsStamp? Start { get; private set; }
    public IcsStamp? End { get; private set; }
    public Duration? Length { get; private set; }
    public List<string> Rules { get; } = [];
    public List<string> NotRules { get; } = [];
    public List<IcsPeriod> Also { get; } = [];
    public List<IcsStamp> Except { get; } = [];

    /// <summary>Which time of the series with the same UID this entry stands for.</summary>
    public IcsStamp? Replaces { get; private set; }

    /// <summary>And for all that follow.</summary>
    public bool AndWhatFollows { get; private set; }

    /// <summary>False for what is free, cancelled or declined; it may still stand for a time of a series.</summary>
    public bool TakesTime { get; private set; } = true;

    private bool isHurt;

    /// <summary>Something in it could not be read, and it may take more time than is known here.</summary>
    public bool IsInPart => isHurt || TakesTime && (Start is null || IsBackwards || Replaces is not null && Rules.Count > 0);

    private bool IsBackwards =>
        Start is { } start && End is { } end && start.ZoneId == end.ZoneId && start.IsUtc == end.IsUtc && end.Local < start.Local;

    public void Take(IcsLine line, IReadOnlySet<string> own, IcsBudget budget)
    {
        switch (line.Name)
        {
            case "UID":
                Uid = line.Value;
                break;
            case "DTSTART":
                Start = Stamp(line);
                break;
            case "DTEND":
                End = Stamp(line);
                break;
            case "DURATION":
                Length = IcsStamp.ReadLength(line.Value);
                isHurt |= Length is null;
                break;
            case "RRULE":
                Rules.Add(line.Value);
                break;
            case "EXRULE":
                NotRules.Add(line.Value);
                break;
            case "RDATE":
                ForEach(line, budget, part => Add(Also, IcsPeriod.Read(part, line)));
                break;
            case "EXDATE":
                ForEach(line, budget, part => Add(Except, IcsStamp.Read(part, line)));
                break;
            case "RECURRENCE-ID":
                Replaces = Stamp(line);
                AndWhatFollows = Is(line.Parameter("RANGE"), "THISANDFUTURE");
                isHurt |= line.Parameter("RANGE") is not null && !AndWhatFollows;
                break;
            case "TRANSP":
                TakesTime &= !Is(line.Value, "TRANSPARENT");
                break;
            case "STATUS":
                TakesTime &= !Is(line.Value, "CANCELLED");
                break;
            case "X-MICROSOFT-CDO-BUSYSTATUS":
                TakesTime &= !Is(line.Value, "FREE");
                break;
            case "ATTENDEE":
                TakesTime &= !(Is(line.Parameter("PARTSTAT"), "DECLINED") && IsOneOf(line, own));
                break;
        }
    }

    /// <summary>The calendar it stands in takes everything back.</summary>
    public void Cancel() => TakesTime = false;

    /// <summary>Each part of a list, without copying it.</summary>
    internal static void ForEach(IcsLine line, IcsBudget budget, Action<ReadOnlySpan<char>> take)
    {
        foreach (var range in line.Value.AsSpan().Split(','))
            if (budget.Spend(5) && (!line.Value.AsSpan(range).IsWhiteSpace() || line.Value.Length == 0))
                take(line.Value.AsSpan(range));
    }

    internal static bool Is(string? text, string word) => word.Equals(text?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary><c>mailto:Maya@example.org</c>, or the address in a parameter beside another kind of name.</summary>
    private static bool IsOneOf(IcsLine attendee, IReadOnlySet<string> own)
    {
        const string Scheme = "mailto:";
        string Address(string text) => Uri.UnescapeDataString(
            text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text).Trim();
        return own.Contains(Address(attendee.Value)) || attendee.Parameter("EMAIL") is { } other && own.Contains(Address(other));
    }

    private IcsStamp? Stamp(IcsLine line)
    {
        var stamp = IcsStamp.Read(line.Value, line);
        isHurt |= stamp is null;
        return stamp;
    }

    private void Add<T>(List<T> list, T? read) where T : struct
    {
        if (read is { } value)
            list.Add(value);
        else
            isHurt = true;
    }
}
