namespace Portal.Pages.Shared;

/// <summary>
/// Something that cannot be taken back, or that concerns somebody else: one press shows what would happen and to whom, a
/// second one does it. A details element, so that it works without scripts.
/// </summary>
/// <param name="Label">What one would do; stands on the button that asks.</param>
/// <param name="Question">Names the person and the consequence; never "Are you sure?".</param>
/// <param name="Action">Where the form goes.</param>
public sealed record ConfirmModel(string Label, string Question, string Action)
{
    /// <summary>On the button that does it; the same words unless others are better.</summary>
    public string? Do { get; init; }

    /// <summary>Of the button that does it, for tests and scripts.</summary>
    public string? Id { get; init; }
    public string? DataId { get; init; }

    /// <summary>What the form carries.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    /// <summary>For ears, where several of these stand in a list.</summary>
    public string? Whom { get; init; }

    public bool Danger { get; init; } = true;

    /// <summary>How the button that asks looks.</summary>
    public string Class { get; init; } = "button quiet small";
    public string? Icon { get; init; }
}
