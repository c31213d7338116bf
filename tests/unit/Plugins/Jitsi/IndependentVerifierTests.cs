using System.Text.Json;
using Plugins.Jitsi;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

/// <summary>Our tokens before verifiers that we did not write: Debian's python3-jwt and npm's jsonwebtoken.</summary>
public class IndependentVerifierTests
{
    private const string PythonScript = """
        import json, sys, jwt
        for case in json.load(sys.stdin):
            try:
                claims = jwt.decode(case["token"], case["key"], algorithms=[case["alg"]], audience="jitsi", issuer=case["iss"], options={"require": ["exp", "nbf", "aud", "iss", "sub"]})
                print("good" if claims["room"] == "quiet-river" else "other room")
            except jwt.PyJWTError as e:
                print(type(e).__name__)
        """;

    private const string NodeScript = """
        const jwt = require('jsonwebtoken');
        for (const c of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
          try {
            const claims = jwt.verify(c.token, c.key, { algorithms: [c.alg], audience: 'jitsi', issuer: c.iss });
            console.log(claims.room === 'quiet-river' ? 'good' : 'other room');
          } catch (e) { console.log(e.message); }
        }
        """;

    private sealed record Case(string Token, string Key, string Alg, string Iss);

    // The verifiers have the real clock.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static Case Good => new(Token(SelfHosted(), now: Now), Secret, "HS256", "portal");

    private static Case GoodJaas => new(Token(Jaas(), now: Now), PublicPem, "RS256", "chat");

    private static Case[] Cases =>
    [
        Good,
        GoodJaas,
        Good with { Token = Altered(Good.Token, "quiet-river", "other-river") },
        GoodJaas with { Token = Altered(GoodJaas.Token, "quiet-river", "other-river") },
        Good with { Token = Altered(Good.Token, "\"moderator\":\"false\"", "\"moderator\":\"true\"") },
        Good with { Token = Unsigned(Good.Token) },
        Good with { Key = Secret.Replace('0', '1') },
        GoodJaas with { Key = System.Security.Cryptography.RSA.Create(2048).ExportSubjectPublicKeyInfoPem() },
        Good with { Token = Token(SelfHosted(), now: Meetings.Start.AddYears(-2)) }, // its session is over by the clock used below
        Good with { Iss = "somebody" },
        new(Token(Everything(SelfHosted()), global::Providers.ParticipantRole.Mentor, now: Now), Secret, "HS256", "portal"),
        new(Token(Everything(Jaas()), global::Providers.ParticipantRole.Mentor, now: Now), NextPublicPem, "RS256", "chat"),
    ];

    [NeedsPythonJwtFact]
    public void Debians_python_jwt_accepts_our_tokens_and_no_altered_ones() =>
        Assert.Equal(
            ["good", "good", "InvalidSignatureError", "InvalidSignatureError", "InvalidSignatureError", "InvalidAlgorithmError",
            "InvalidSignatureError", "InvalidSignatureError", "ExpiredSignatureError", "InvalidIssuerError", "good", "good"],
            Tool.Run(Tool.Python, ["-c", PythonScript], Input()).Split('\n'));

    [NeedsJsonWebTokenFact]
    public void The_jsonwebtoken_of_npm_accepts_our_tokens_and_no_altered_ones() =>
        Assert.Equal(
            ["good", "good", "invalid signature", "invalid signature", "invalid signature", "jwt signature is required",
            "invalid signature", "invalid signature", "jwt expired", "jwt issuer invalid. expected: somebody", "good", "good"],
            Tool.Run("node", ["-e", $"module.paths.push({JsonSerializer.Serialize(Path.Combine(Tool.JsonWebTokenFolder, "node_modules"))});"
                + NodeScript], Input()).Split('\n'));

    private static string Input() =>
        JsonSerializer.Serialize(Cases.Select((c, i) => i == 8 ? c with { Token = Expired() } : c), JsonSerializerOptions.Web);

    private static string Expired()
    {
        var request = Meetings.Join(new global::Providers.MeetingHandle("quiet-river"));
        var then = Now.AddDays(-1);
        request = request with { Meeting = request.Meeting with { Start = then, End = then, ClosesAt = then } };
        return new JitsiToken(SelfHosted()).Write("quiet-river", request, then);
    }

    private static string Altered(string token, string before, string after)
    {
        var parts = token.Split('.');
        var claims = Part(token, 1).GetRawText();
        Assert.Contains(before, claims);
        return $"{parts[0]}.{Encode(claims.Replace(before, after))}.{parts[2]}";
    }

    private static string Unsigned(string token) => $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";
}
