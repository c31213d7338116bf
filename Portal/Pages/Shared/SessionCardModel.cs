namespace Portal.Pages.Shared;

public enum Tone
{
    Neutral,
    Good,
    Warn,
    Bad,
}

public sealed record CardPerson(string Name, string Role);

/// <summary>A thing to press: a link, or, with <see cref="Post"/>, the button of a form.</summary>
public sealed record CardAction(string Text, string Url, bool Post = false, string Icon = "arrow");

/// <summary>The session card, the product's atom: when, who, what, where, state, one primary action.</summary>
public sealed record SessionCardModel
{
    public required string Day { get; init; }
    public required string Time { get; init; }

    /// <summary>The reader's zone in words.</summary>
    public required string Zone { get; init; }

    /// <summary>What the time is for the other side, where that differs.</summary>
    public string? OtherZone { get; init; }
    public string? Topic { get; init; }
    public IReadOnlyList<CardPerson> People { get; init; } = [];

    /// <summary>The meeting tool.</summary>
    public string? Tool { get; init; }

    /// <summary>The state as a word.</summary>
    public required string State { get; init; }
    public Tone Tone { get; init; }
    public CardAction? Primary { get; init; }
    public IReadOnlyList<CardAction> More { get; init; } = [];
}
