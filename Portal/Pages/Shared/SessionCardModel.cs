namespace Portal.Pages.Shared;

/// <summary>What the session card shows. All texts are ready to be read: in the reader's language and time zone.</summary>
public sealed record SessionCardModel
{
    /// <summary>"Tuesday 24 November"</summary>
    public required string Day { get; init; }

    /// <summary>"18:00-19:00"</summary>
    public required string Time { get; init; }

    /// <summary>"Cairo time"</summary>
    public required string Zone { get; init; }

    /// <summary>What it is for the other side, when that differs: "For Layla 17:00-18:00, Berlin time".</summary>
    public string? OtherZone { get; init; }

    /// <summary>"in 3 hours": beside the absolute time, never instead of it.</summary>
    public string? Relative { get; init; }

    public DateTimeOffset Start { get; init; }

    public IReadOnlyList<CardPerson> People { get; init; } = [];

    /// <summary>Left out where the reader may not know it.</summary>
    public string? Topic { get; init; }

    /// <summary>Where the topic leads.</summary>
    public string? Link { get; init; }

    /// <summary>The video tool's name.</summary>
    public string? Tool { get; init; }
    public string ToolIcon { get; init; } = "video";

    /// <summary>The state in a word.</summary>
    public required string State { get; init; }
    public Tone Tone { get; init; }

    /// <summary>Over, cancelled or missed.</summary>
    public bool Past { get; init; }

    public int HeadingLevel { get; init; } = 2;
}

public sealed record CardPerson(string Name, string Role, string? Picture = null);

public enum Tone
{
    Plain,
    Accent,
    Good,

    /// <summary>Live, soon, waiting for somebody.</summary>
    Sun,
    Warn,
    Bad,
}
