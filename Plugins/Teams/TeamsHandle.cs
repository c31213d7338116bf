using System.Text.Json;
using Providers;

namespace Plugins.Teams;

/// <summary>Whose meeting it is (an object's id, no address), which one, and where it is joined.</summary>
internal sealed record TeamsHandle(string User, string Id, string Link)
{
    private const int MaxKey = 200;

    public string Path => $"/users/{User}/onlineMeetings/{Uri.EscapeDataString(Id)}";

    public MeetingHandle ToHandle() => new(JsonSerializer.Serialize(this)) { Key = Id.Length <= MaxKey ? Id : Id[..MaxKey] };

    public static TeamsHandle Read(MeetingHandle handle)
    {
        try
        {
            if (JsonSerializer.Deserialize<TeamsHandle>(handle.Value) is { Id.Length: > 0, Link: not null } read
                && Guid.TryParse(read.User, out _) && Uri.TryCreate(read.Link, UriKind.Absolute, out var link)
                && link.Scheme == Uri.UriSchemeHttps)
                return read;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new ProviderException(ProviderFailure.NotFound, Texts.HandleInvalid);
    }
}
