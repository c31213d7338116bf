using Portal.Pages.Shared;

namespace Portal.Pages.Settings;

/// <summary>A meeting tool as a mentor sees it.</summary>
public sealed record ToolCard(string Id, string Name, IReadOnlyList<string> Does, bool CanBeChosen, string State, Tone Tone)
{
    /// <summary>It meets at an address of the mentor's own.</summary>
    public bool NeedsUrl { get; init; }

    /// <summary>It meets on the phone or in person.</summary>
    public bool NeedsPlace { get; init; }

    /// <summary>The tool's consent page; null where mentors connect no accounts.</summary>
    public Uri? Consent { get; init; }

    /// <summary>The account that the mentor connected, by its name; null where there is none.</summary>
    public string? Connected { get; init; }
}

/// <summary>Something that the chosen tool leaves to the mentor.</summary>
public sealed record ToolChoice(string Key, string Label, bool Yes);
