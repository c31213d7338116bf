using System.Text.Json;

namespace Portal.ProviderHost;

/// <summary>A mentor's answers to what tools leave to them, by tool and key, as one JSON column.</summary>
public static class MentorChoices
{
    public const int MaxLength = 4000;

    private static readonly IReadOnlyDictionary<string, bool> None = new Dictionary<string, bool>();

    /// <summary>Those of one tool. What cannot be read counts as never answered.</summary>
    public static IReadOnlyDictionary<string, bool> Of(string? stored, string providerId) =>
        Read(stored).GetValueOrDefault(providerId) ?? None;

    /// <summary>With other answers for one tool; null when they are too many to keep.</summary>
    public static string? With(string? stored, string providerId, IReadOnlyDictionary<string, bool> answers)
    {
        var all = Read(stored);
        all[providerId] = new(answers);
        var text = JsonSerializer.Serialize(all);
        return text.Length <= MaxLength ? text : null;
    }

    private static Dictionary<string, Dictionary<string, bool>> Read(string? stored)
    {
        try
        {
            return stored is null ? [] : JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, bool>>>(stored) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
