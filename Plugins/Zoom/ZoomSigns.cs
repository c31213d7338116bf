using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Providers;

namespace Plugins.Zoom;

/// <summary>Signs of one meeting, with the same ids whether a webhook tells them or a report.</summary>
internal static class ZoomSigns
{
    /// <param name="kind">What happened.</param>
    /// <param name="key">Zoom's number of the meeting.</param>
    /// <param name="uuid">Of one run of the meeting.</param>
    /// <param name="who">Of one stay in it; empty for the meeting itself.</param>
    /// <param name="at">When it happened.</param>
    public static MeetingSign Make(MeetingSignKind kind, string key, string? uuid, string? who, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', kind, key, uuid, who, seconds)));
        return new(Convert.ToHexStringLower(id), kind, key, at);
    }

    /// <summary>Zoom has proven the addresses of its own users; those of others were typed by somebody.</summary>
    /// <param name="zoomUser">Empty for people who did not sign in to Zoom.</param>
    /// <param name="email">As Zoom tells it.</param>
    /// <param name="person">Whom we registered; then the address is ours.</param>
    public static string? Proven(string? zoomUser, string? email, Guid? person) =>
        person is null && zoomUser is { Length: > 0 } && email is { Length: > 0 } ? email : null;
}
