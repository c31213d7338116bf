using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Plugins.Jitsi;

/// <summary>A key that tokens are signed with. JaaS has two for as long as one takes over from the other.</summary>
internal sealed record JitsiKey(string? Id, SigningCredentials Credentials, byte[] Secret);

internal static class JitsiKeys
{
    /// <summary>The one that signs comes first.</summary>
    public static IReadOnlyList<JitsiKey> Of(JitsiOptions options)
    {
        if (options.Mode != JitsiMode.Jaas)
            return [Shared(options.AppSecret)];
        var first = Jaas(options.AppId, options.KeyId, options.PrivateKey);
        if (options.NextPrivateKey is "")
            return [first];
        var next = Jaas(options.AppId, options.NextKeyId, options.NextPrivateKey);
        return options.UseNextKey ? [next, first] : [first, next];
    }

    private static JitsiKey Shared(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return new(null, new(new SymmetricSecurityKey(bytes), SecurityAlgorithms.HmacSha256), bytes);
    }

    private static JitsiKey Jaas(string appId, string keyId, string setting)
    {
        // JaaS knows a key by the application and the key's own id.
        var id = keyId.StartsWith(appId + "/", StringComparison.Ordinal) ? keyId : $"{appId}/{keyId}";
        RSAParameters key = JaasKey.Read(setting);
        return new(id, new(new RsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.RsaSha256), key.D!);
    }
}
