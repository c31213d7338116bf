using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Sessions.Attending;

namespace Portal.Pages.Meeting;

/// <summary>Reads what the room's page reports.</summary>
internal static class RoomReports
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 4,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <returns>Null for anything but a report.</returns>
    public static async Task<RoomReport?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = new byte[RoomReport.MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > RoomReport.MaxBytes)
            return null;
        try
        {
            return JsonSerializer.Deserialize<RoomReport>(bytes.AsSpan(0, length), Json) is { IsValid: true } report ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
