using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>Takes a text of calendars apart, and notices where something of them is missing.</summary>
internal sealed class IcsReader(DateTimeZone mentors, Instant from, Instant to, IReadOnlySet<string> own, IcsBudget budget)
{
    /// <summary>Calendars nest three deep; what goes deeper was made to do harm.</summary>
    private const int MaxDepth = 20;

    private static readonly string[] Entries = ["VEVENT", "VFREEBUSY", "VTIMEZONE", "VTODO", "VJOURNAL"];

    private readonly List<string> _open = [];
    private IcsZones _zones = new(mentors, from, to, budget);
    private IcsEvent? _event;
    private IcsZoneDefinition? _zone;
    private string? _zoneId;
    private bool _isTakenBack;

    public List<IcsEvent> Events { get; } = [];

    /// <summary>Of VFREEBUSY, with the zones of their calendar.</summary>
    public List<(IcsPeriod Period, IcsZones Zones)> Busy { get; } = [];

    public List<IcsZones> AllZones { get; } = [];
    public bool IsCalendar => AllZones.Count > 0;

    /// <summary>Something begins that does not end: what should have followed is not known.</summary>
    public bool IsCutOff { get; private set; }

    public int UnreadPeriods { get; private set; }

    public void Read(string text)
    {
        foreach (var line in IcsLines.Of(text, budget))
        {
            if (line.Name == "BEGIN")
                Begin(line.Value.ToUpperInvariant());
            else if (line.Name == "END")
                End(line.Value.ToUpperInvariant());
            else if (_open.Count > 0)
                Take(line, _open[^1]);
        }
        // Where the budget has ended the rest is there, but not looked at.
        IsCutOff |= _open.Count > 0 && !budget.IsSpent;
        CloseTo(0);
    }

    private void Begin(string name)
    {
        // A new entry where another is open, or a new calendar: the end of the other was lost.
        var inner = name == "VCALENDAR" ? 0 : Entries.Contains(name) ? 1 : MaxDepth;
        if (_open.Count > inner)
        {
            IsCutOff = true;
            CloseTo(inner);
        }
        _open.Add(name);
        budget.Spend(10);
        if (name == "VCALENDAR")
        {
            AllZones.Add(_zones = new(mentors, from, to, budget));
            _isTakenBack = false;
        }
        else if (name == "VEVENT")
            _event = new(_zones);
        else if (name == "VTIMEZONE")
            (_zone, _zoneId) = (new(), null);
        else if (name is "STANDARD" or "DAYLIGHT")
            _zone?.Begin();
    }

    private void End(string name)
    {
        var index = _open.LastIndexOf(name);
        if (index < 0)
            return;
        IsCutOff |= index < _open.Count - 1;
        CloseTo(index);
    }

    private void CloseTo(int depth)
    {
        while (_open.Count > depth)
        {
            var name = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            if (name == "VEVENT" && _event is not null)
            {
                if (_isTakenBack)
                    _event.Cancel();
                Events.Add(_event);
                _event = null;
            }
            else if (name == "VTIMEZONE" && _zone is not null)
            {
                if (_zoneId is not null)
                    _zones.Define(_zoneId, _zone);
                _zone = null;
            }
        }
    }

    private void Take(IcsLine line, string component)
    {
        switch (component, line.Name)
        {
            case ("VEVENT", _):
                _event?.Take(line, own, budget);
                break;
            case ("VCALENDAR", "X-WR-TIMEZONE"):
                _zones.DefaultId = line.Value;
                break;
            case ("VCALENDAR", "METHOD"):
                _isTakenBack = IcsEvent.Is(line.Value, "CANCEL");
                break;
            case ("VTIMEZONE", "TZID"):
                _zoneId = line.Value;
                break;
            case ("VTIMEZONE", "X-LIC-LOCATION") when _zone is not null:
                _zone.Location = line.Value;
                break;
            case ("STANDARD" or "DAYLIGHT", _):
                _zone?.Take(line, budget);
                break;
            case ("VFREEBUSY", "FREEBUSY") when !IcsEvent.Is(line.Parameter("FBTYPE"), "FREE"):
                IcsEvent.ForEach(line, budget, part => TakePeriod(IcsPeriod.Read(part, line)));
                break;
        }
    }

    private void TakePeriod(IcsPeriod? period)
    {
        if (period is { } read && (read.End is not null || read.Length is not null))
            Busy.Add((read, _zones));
        else
            UnreadPeriods++;
    }
}
