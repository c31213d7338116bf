using System.Text.Json.Serialization;

namespace Portal.Sessions.Attending;

/// <summary>What the room's page tells of itself, twice a minute and whenever something changes.</summary>
/// <param name="Page">One load of the page.</param>
/// <param name="IsIn">The person is in the room.</param>
/// <param name="End">Why they are no longer in.</param>
/// <param name="Used">How often what was used since the last report; null for nothing.</param>
/// <param name="Errors">Names of what went wrong, by the tool.</param>
public sealed record RoomReport(
    Guid Page, [property: JsonPropertyName("in")] bool IsIn, StayEnd? End = null, RoomUse? Used = null,
    IReadOnlyList<string>? Errors = null)
{
    /// <summary>A page sends one each half minute; nothing in it is long.</summary>
    public const int MaxBytes = 4096;
    private const int MaxErrors = 5;
    private const int MaxErrorLength = 80;

    public IReadOnlyList<string> ErrorNames => Errors ?? [];

    /// <summary>Everything in it may have been made by hand.</summary>
    public bool IsValid => Page != Guid.Empty && !(IsIn && End is not null) && (Used is null || Used.IsValid)
        && ErrorNames.Count <= MaxErrors && ErrorNames.All(IsName);

    private static bool IsName(string? name) => name is { Length: > 0 and <= MaxErrorLength }
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}

/// <summary>Counts since the last report.</summary>
public sealed record RoomUse(int Mutes = 0, int Shares = 0, int Messages = 0, int Hands = 0, int Poor = 0)
{
    private const int Max = 1000;

    public bool IsValid => new[] { Mutes, Shares, Messages, Hands, Poor }.All(n => n is >= 0 and <= Max);
}
