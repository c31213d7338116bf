using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Portal.Settings;

namespace Portal.Joining;

/// <summary>
/// Remembers, for one meeting page only, that this browser was let in, and as whom. Whether it still may enter is judged anew each time:
/// the cookie only has to outlive whatever the session is extended by.
/// </summary>
public sealed class RoomCookie(IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    private static readonly TimeSpan AfterClosing = TimeSpan.FromDays(1);

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Joining.RoomCookie");

    public static string PathOf(Guid sessionId) => $"/meeting/{sessionId}";

    /// <summary>By https it is bound to the host, which takes all of its paths: then the name tells one room's from another's.</summary>
    private (string Name, string Path) Of(Guid sessionId) =>
        address.IsHttps ? (address.CookieName($"room-{sessionId:N}"), "/") : ("room", PathOf(sessionId));

    /// <summary>Whose page asks, on a route of a room; null where no cookie says so.</summary>
    internal static string? GuestOf(HttpContext http) => Guid.TryParse(http.GetRouteValue("id") as string, out var session)
        ? http.RequestServices.GetRequiredService<RoomCookie>().Read(http, session)?.ParticipantId.ToString() : null;

    public void Set(HttpContext http, JoinView view)
    {
        var person = view.Person!;
        var until = view.ClosesAt + AfterClosing;
        var body = new byte[16 + 2 + 8];
        person.ParticipantId.TryWriteBytes(body, bigEndian: true, out _);
        BinaryPrimitives.WriteInt16BigEndian(body.AsSpan(16), person.LinkVersion);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(18), until.ToUnixTimeSeconds());
        var (name, path) = Of(person.SessionId);
        http.Response.Cookies.Append(name, Convert.ToBase64String(protector.Protect(body)), new CookieOptions
        {
            Path = path,
            HttpOnly = true,
            Secure = address.IsHttps || http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Expires = until,
            IsEssential = true,
        });
    }

    /// <summary>Null where there is no cookie, or not one of ours, or it has run out.</summary>
    public RoomGuest? Read(HttpContext http, Guid sessionId)
    {
        if (http.Request.Cookies[Of(sessionId).Name] is not { Length: > 0 and < 2000 } text)
            return null;
        try
        {
            var body = protector.Unprotect(Convert.FromBase64String(text));
            var until = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(body.AsSpan(18)));
            return until <= clock.GetUtcNow()
                ? null
                : new(new Guid(body.AsSpan(0, 16), bigEndian: true), BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(16)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Whom a room's page was opened for.</summary>
public sealed record RoomGuest(Guid ParticipantId, short LinkVersion);
