using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Providers;

namespace Plugins.Jitsi;

/// <summary>Reads a token as Jitsi's server reads it: with no leeway for clocks, one audience, and letters that count.</summary>
internal sealed class JitsiTokenCheck(JitsiOptions options, IReadOnlyList<JitsiKey> keys, DateTimeOffset now)
{
    private const int MaxRead = 20_000;
    private const double Seconds = 1;
    private static readonly JsonSerializerOptions Shown = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxRead };

    private readonly List<ProviderFinding> findings = [];

    public async Task<TokenReport> RunAsync(string token, string? room)
    {
        token = token.Trim();
        if (Decode(token) is not var (header, claims))
            return new(false, null, [new(false, Texts.TokenUnreadable)]);
        Say(token.Length <= JitsiToken.MaxCharacters, Texts.TokenSizeGood, Texts.TokenSizeBad, token.Length, JitsiToken.MaxCharacters);
        LookAtHeader(header);
        Say(await IsOursAsync(token), Texts.TokenSignatureGood, Texts.TokenSignatureBad);
        LookAtClaims(claims);
        LookAtRoom(claims.Text("room"), room);
        LookAtTime(claims);
        LookAtContext(claims);
        return new(findings.TrueForAll(f => f.Good), Contents(header, claims), findings);
    }

    public static TokenContents Contents(string token) => Decode(token) is var (header, claims)
        ? Contents(header, claims) : throw new ArgumentException("The token cannot be read.", nameof(token));

    private static TokenContents Contents(JsonElement header, JsonElement claims) =>
        new(JsonSerializer.Serialize(header, Shown), JsonSerializer.Serialize(claims, Shown));

    private static (JsonElement Header, JsonElement Claims)? Decode(string token)
    {
        if (token.Length > MaxRead || token.Split('.') is not [var first, var second, _])
            return null;
        return Part(first) is { } header && Part(second) is { } claims ? (header, claims) : null;
    }

    private static JsonElement? Part(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text)));
            // Read to its end, so that half a character in it is found here, as a JsonException.
            _ = JsonSerializer.Serialize(json.RootElement);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private void LookAtHeader(JsonElement header)
    {
        var expected = options.Mode == JitsiMode.Jaas ? "RS256" : "HS256";
        Say(header.Text("typ") == "JWT", Texts.TokenTypeGood, Texts.TokenTypeBad);
        Say(header.Text("alg") == expected, Texts.TokenAlgorithmGood, Texts.TokenAlgorithmBad, expected);
        if (options.Mode == JitsiMode.Jaas)
            Say(keys.Any(k => k.Id == header.Text("kid")), Texts.TokenKeyGood, Texts.TokenKeyBad, string.Join(", ", keys.Select(k => k.Id)));
    }

    private async Task<bool> IsOursAsync(string token)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.Select(k => k.Credentials.Key),
            ValidAlgorithms = keys.Select(k => k.Credentials.Algorithm).Distinct(),
            TryAllIssuerSigningKeys = true,
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private void LookAtClaims(JsonElement claims)
    {
        Say(claims.Text("iss") == options.TokenIssuer, Texts.TokenIssuerGood, Texts.TokenIssuerBad, options.TokenIssuer);
        Say(claims.Text("aud") == options.TokenAudience, Texts.TokenAudienceGood, Texts.TokenAudienceBad, options.TokenAudience);
        Say(string.Equals(claims.Text("sub"), options.TokenSubject, StringComparison.OrdinalIgnoreCase),
            Texts.TokenSubjectGood, Texts.TokenSubjectBad, options.TokenSubject);
        Say(!ExtraContext.HoldsNull(claims), Texts.TokenNullGood, Texts.TokenNullBad);
    }

    private void LookAtRoom(string claim, string? room)
    {
        if (claim == "*")
            Say(false, "", Texts.TokenRoomAny);
        else if (string.IsNullOrWhiteSpace(room))
            Say(claim is not "", Texts.TokenRoomNamed, Texts.TokenRoomMissing, claim);
        else
            Say(string.Equals(claim, room.Trim(), StringComparison.OrdinalIgnoreCase),
                Texts.TokenRoomGood, Texts.TokenRoomBad, room.Trim());
    }

    private void LookAtTime(JsonElement claims)
    {
        var (begins, from, until) = (claims.Inner("nbf"), claims.Moment("nbf", Seconds), claims.Moment("exp", Seconds));
        if (begins.ValueKind is JsonValueKind.Undefined or JsonValueKind.Number)
            Say(begins.ValueKind == JsonValueKind.Undefined || begins.GetDouble() <= now.ToUnixTimeSeconds(),
                Texts.TokenFromGood, Texts.TokenFromBad, Shape(from));
        else
            Say(false, "", Texts.TokenFromInvalid);
        if (until is null)
            Say(false, "", Texts.TokenForever);
        else
            Say(until > now, Texts.TokenUntilGood, Texts.TokenUntilBad, Shape(until));
    }

    private void LookAtContext(JsonElement claims)
    {
        var context = claims.Inner("context");
        Say(IsYesOrNo(context.Inner("user"), "moderator"), Texts.TokenModeratorGood, Texts.TokenModeratorBad);
        var features = context.Inner("features");
        // Of this one, the server's module understands the boolean alone.
        var missing = JitsiFeatures.Allowed.Keys
            .Where(k => !IsYesOrNo(features, k) || (k == "name-readonly" && features.Text(k) == "true")).ToList();
        Say(missing.Count == 0, Texts.TokenFeaturesGood, Texts.TokenFeaturesBad, string.Join(", ", missing));
    }

    /// <summary>A boolean, or the word for it: servers take both.</summary>
    private static bool IsYesOrNo(JsonElement json, string name) =>
        json.Inner(name).ValueKind is JsonValueKind.True or JsonValueKind.False || json.Text(name) is "true" or "false";

    private void Say(bool good, string yes, string no, params object[] values) =>
        findings.Add(new(good, string.Format(CultureInfo.CurrentCulture, good ? yes : no, values)));

    private static string Shape(DateTimeOffset? moment) =>
        moment is { } at ? at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "–";
}
