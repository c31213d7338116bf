using System.Text.Json;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>
/// Where the event is and which call it opens. Whose calendar it is in is part of it: an end is told nothing else, and the settings may
/// name somebody else by then.
/// </summary>
internal sealed partial record MeetHandle(string Event, string Calendar, string Organizer, string Code)
{
    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)+\z")]
    private static partial Regex CodeShape { get; }

    [GeneratedRegex(@"^[a-v0-9]{5,1024}\z")]
    private static partial Regex EventShape { get; }

    public Uri Link => new($"https://{GoogleAddresses.JoinHost}/{Code}");

    public MeetingHandle ToHandle() => new(JsonSerializer.Serialize(this)) { Key = Code };

    public static MeetHandle Read(MeetingHandle handle)
    {
        try
        {
            if (JsonSerializer.Deserialize<MeetHandle>(handle.Value) is { Calendar: not null, Organizer: not null } read
                && CodeShape.IsMatch(read.Code ?? "") && EventShape.IsMatch(read.Event ?? ""))
                return read;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new ProviderException(ProviderFailure.NotFound, Texts.HandleInvalid);
    }

    /// <summary>The code of a link to a call, or null when it is no such link.</summary>
    public static string? CodeOf(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url) && url is { Scheme: "https", Host: GoogleAddresses.JoinHost }
        && CodeShape.IsMatch(url.AbsolutePath.Trim('/'))
            ? url.AbsolutePath.Trim('/')
            : null;
}
