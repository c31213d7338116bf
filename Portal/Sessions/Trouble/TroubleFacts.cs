using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Sessions.Trouble;

/// <summary>What is known of machine and room at that moment, in words of ours alone: nothing that a browser may word freely.</summary>
/// <param name="Browser">Family and version.</param>
/// <param name="System">Such as Android, with its version.</param>
/// <param name="Tool">The id of the meeting's tool.</param>
/// <param name="Room">Its number: it rises with each room that replaces another.</param>
/// <param name="Page">The state of the room's page (<c>failed</c>), or the answer of the door.</param>
/// <param name="Line">As the room's page judges it: good, fair or poor.</param>
/// <param name="PoorSeconds">So long it was poor in the room.</param>
/// <param name="Drops">So often it was lost there.</param>
/// <param name="Check">Null where nobody has tried their devices in this browser.</param>
public sealed record TroubleFacts(
    string? Browser = null, string? System = null, string? Tool = null, int? Room = null, string? Page = null, string? Line = null,
    int? PoorSeconds = null, int? Drops = null, DeviceCheck? Check = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static TroubleFacts Read(string text) => JsonSerializer.Deserialize<TroubleFacts>(text, Json) ?? new();
}
