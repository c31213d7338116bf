using System.Text.Json;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>Phone numbers of a meeting as they are stored, cut to what a page can show.</summary>
public static class DialInText
{
    private const int MaxNumbers = 10;
    private const int MaxNumberCharacters = 40;
    private const int MaxPinCharacters = 40;

    /// <summary>Null for a meeting without numbers.</summary>
    public static string? Of(DialIn? dialIn)
    {
        if (dialIn?.Numbers is not { } all || dialIn.Pin?.Length > MaxPinCharacters)
            return null;
        var numbers = all.Where(n => n.Number is { Length: > 0 and <= MaxNumberCharacters } && n.Country is null or { Length: 2 })
            .Take(MaxNumbers).ToList();
        return numbers.Count == 0 ? null : JsonSerializer.Serialize(dialIn with { Numbers = numbers });
    }

    public static DialIn? Read(string? stored) => stored is null ? null : JsonSerializer.Deserialize<DialIn>(stored);
}
