using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Providers;

namespace Plugins.Zoom;

/// <summary>What is kept of a meeting. Its links for participants are in it, the host's never.</summary>
/// <param name="Id">Zoom's number of the meeting.</param>
/// <param name="Join">The link that all may use.</param>
/// <param name="Ends">The planned end.</param>
internal sealed record ZoomHandle(long Id, Uri Join, DateTimeOffset Ends)
{
    // Zoom forgets a meeting a month after it was last used.
    private const int DaysKept = 30;

    /// <summary>Of the meeting's first run.</summary>
    public string? Uuid { get; init; }

    /// <summary>People can be registered for it.</summary>
    public bool Registers { get; init; }

    [JsonIgnore]
    public string Key => Id.ToString(CultureInfo.InvariantCulture);

    public static ZoomHandle Of(ZoomMeeting meeting, DateTimeOffset ends) =>
        meeting.Id > 0 && Uri.TryCreate(meeting.JoinUrl, UriKind.Absolute, out var join)
            ? new(meeting.Id, join, ends) { Uuid = meeting.Uuid, Registers = meeting.Settings?.ApprovalType == 0 }
            : throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorUnreadable);

    public static ZoomHandle Read(MeetingHandle handle)
    {
        try
        {
            if (JsonSerializer.Deserialize<ZoomHandle>(handle.Value, ZoomJson.Options) is { Id: > 0, Join.IsAbsoluteUri: true } read)
                return read;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new ProviderException(ProviderFailure.NotFound, Texts.HandleInvalid);
    }

    public MeetingHandle Write() => new(JsonSerializer.Serialize(this, ZoomJson.Options))
    {
        Key = Key,
        Expires = Ends.AddDays(DaysKept),
    };
}
