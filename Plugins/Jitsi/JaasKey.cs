using System.Security.Cryptography;

namespace Plugins.Jitsi;

/// <summary>The private key for JaaS, as PEM text or as the path of a PEM file.</summary>
internal static class JaasKey
{
    private const string Begin = "-----BEGIN";

    public static RSAParameters Read(string setting)
    {
        using var rsa = Import(Pem(setting));
        return rsa.ExportParameters(includePrivateParameters: true);
    }

    /// <summary>What is wrong with the setting, without a word of what it holds.</summary>
    public static string? Problem(string setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return Texts.PrivateKeyMissing;
        string pem;
        try
        {
            pem = Pem(setting);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Texts.PrivateKeyUnreadable;
        }
        try
        {
            using var rsa = Import(pem);
            _ = rsa.ExportParameters(includePrivateParameters: true);
            return rsa.KeySize >= 2048 ? null : Texts.PrivateKeyInvalid;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return Texts.PrivateKeyInvalid;
        }
    }

    private static RSA Import(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    // An environment variable often carries the line breaks as \n.
    private static string Pem(string setting) =>
        setting.Contains(Begin, StringComparison.Ordinal) ? setting.Replace("\\n", "\n") : File.ReadAllText(setting.Trim());
}
