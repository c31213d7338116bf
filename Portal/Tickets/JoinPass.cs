using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Tickets;

/// <summary>
/// Lets a program hand a join to a browser: made for a signed-in caller, good for five minutes and for one use. A JWT, signed
/// with the keys of the tickets; its audience, and the short signature of tickets, keep the two apart.
/// </summary>
public sealed record JoinPass(
    Guid SessionId, Guid UserId, Guid ParticipantId, short LinkVersion, DateTimeOffset Expires, Guid Nonce)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    internal const string Audience = "join-once";

    // Ours have some 500 characters.
    private const int MaxCharacters = 2000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    private static readonly JsonWebTokenHandler Handler = new()
    {
        SetDefaultTimesOnTokenCreation = false,
        MaximumTokenSizeInBytes = MaxCharacters,
    };

    /// <summary>The claims as they are named in the token.</summary>
    private sealed record Claims(string Aud, Guid SessionId, Guid UserId, Guid ParticipantId, short LinkVersion, long Exp, Guid Jti);

    public string Write(byte keyId, byte[] key)
    {
        var signingKey = new SymmetricSecurityKey(key) { KeyId = keyId.ToString(CultureInfo.InvariantCulture) };
        var claims = new Claims(Audience, SessionId, UserId, ParticipantId, LinkVersion, Expires.ToUnixTimeSeconds(), Nonce);
        return Handler.CreateToken(JsonSerializer.Serialize(claims, Json),
            new SigningCredentials(signingKey, SecurityAlgorithms.HmacSha256));
    }

    /// <summary>
    /// Null for anything that was not signed by us as a pass. Whether it has run out is the caller's to judge, by the portal's clock.
    /// </summary>
    /// <param name="text">From the URL.</param>
    /// <param name="findKey">Called only for what looks like a pass.</param>
    public static async Task<JoinPass?> ReadAsync(string? text, Func<byte, ValueTask<byte[]?>> findKey)
    {
        if (Parse(text) is not { Alg: SecurityAlgorithms.HmacSha256 } token
            || !byte.TryParse(token.Kid, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await findKey(id) is not { } key)
            return null;
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(key),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidTypes = [JwtConstants.HeaderType],
            ValidAudience = Audience,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return result.IsValid ? Of(token) : null;
    }

    private static JsonWebToken? Parse(string? text)
    {
        try
        {
            return Handler.CanReadToken(text) ? Handler.ReadJsonWebToken(text) : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException)
        {
            return null; // Not every text of three parts is one.
        }
    }

    private static JoinPass? Of(JsonWebToken token)
    {
        try
        {
            var c = JsonSerializer.Deserialize<Claims>(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Json)!;
            return new(c.SessionId, c.UserId, c.ParticipantId, c.LinkVersion, DateTimeOffset.FromUnixTimeSeconds(c.Exp), c.Jti);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            return null; // Signed by a portal of another version.
        }
    }
}
