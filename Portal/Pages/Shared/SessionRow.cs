namespace Portal.Pages.Shared;

/// <summary>A session in a list: one line, and the whole line is the link. Texts are ready to be read.</summary>
/// <param name="Day">"Tue 24 Nov"</param>
/// <param name="Time">"18:00"</param>
/// <param name="State">Null where there is nothing to say.</param>
public sealed record SessionRow(
    Guid Id, DateTimeOffset Start, string Day, string Time, string Topic, IReadOnlyList<CardPerson> People, string? State, Tone Tone)
{
    public const int MaxPeople = 3;

    public Guid? SeriesId { get; init; }
    public bool Past { get; init; }
    public string Link => $"/sessions/{Id}";
}

/// <summary>A row, and the sessions that were booked together with it and come later.</summary>
public sealed record SessionRows(SessionRow First, IReadOnlyList<SessionRow> Others);
