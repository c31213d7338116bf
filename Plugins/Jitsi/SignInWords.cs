using System.Globalization;

namespace Plugins.Jitsi;

/// <summary>What became of a sign-in, in words that say what to change. The causes are the sentences of Jitsi's own server code.</summary>
internal static class SignInWords
{
    public static bool Tell(SignInAnswer answer, JitsiServer server, string domain, string? keyId, Func<bool, string, object[], bool> add)
    {
        // JaaS shows its keys by these ids.
        var key = keyId ?? "";
        return answer.Kind switch
        {
            SignInKind.Accepted when keyId is null => add(true, Texts.CheckTokenAccepted, [server.Host]),
            SignInKind.Accepted => add(true, Texts.CheckKeyAccepted, [server.Host, key]),
            SignInKind.Refused => add(false, keyId is null ? Texts.CheckTokenRefused : Texts.CheckKeyRefused,
                [server.Host, .. keyId is null ? [] : (string[])[key], Cause(answer.Reason, keyId)]),
            _ when answer.Reason is "host-unknown" or "improper-addressing" => add(false, Texts.CheckTokenDomain, [server.Host, domain]) || true,
            _ => add(true, Texts.CheckTokenUnproven, [server.Host, answer.Reason]),
        };
    }

    /// <param name="reason">The server's words.</param>
    /// <param name="keyId">Null where a secret is shared with the server.</param>
    public static string Cause(string reason, string? keyId)
    {
        return Says("Invalid signature") ? (keyId is null ? Texts.CauseSignature : Texts.CauseKey)
            : Says("'iss'") ? Texts.CauseIssuer
            : Says("'aud'") ? Texts.CauseAudience
            : Says("by nbf") || Says("by exp") ? Texts.CauseClock
            : Says("token required") ? Texts.CauseNotSeen
            : Says("'kid'") || Says("public key") ? Texts.CauseKey
            : Says("alg") ? Texts.CauseAlgorithm
            : string.Format(CultureInfo.CurrentCulture, Texts.CauseOther, reason);

        bool Says(string words) => reason.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}
