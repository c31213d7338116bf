using System.Security.Cryptography;
using System.Text.Json;

namespace Plugins.GoogleMeet;

/// <summary>A service account's key, as JSON text or as the path of a file with it.</summary>
/// <param name="Email">The service account.</param>
/// <param name="ClientId">What the Admin console calls it.</param>
/// <param name="KeyId">Names the key to Google.</param>
/// <param name="Key">PEM.</param>
internal sealed record ServiceAccountKey(string Email, string ClientId, string KeyId, string Key)
{
    private const int MinBits = 2048;

    public RSA OpenKey()
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(Key);
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    /// <returns>The key, or what is wrong with the setting, without a word of what it holds.</returns>
    public static (ServiceAccountKey? Key, string? Problem) Open(string setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return (null, Texts.KeyMissing);
        try
        {
            var key = Read(setting);
            using var rsa = key.OpenKey();
            _ = rsa.ExportParameters(includePrivateParameters: true);
            return rsa.KeySize >= MinBits ? (key, null) : (null, Texts.KeyInvalid);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, Texts.KeyUnreadable);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or CryptographicException)
        {
            return (null, Texts.KeyInvalid);
        }
    }

    private static ServiceAccountKey Read(string setting)
    {
        using var json = JsonDocument.Parse(Json(setting));
        var root = json.RootElement;
        return new(Text(root, "client_email"), Text(root, "client_id"), Text(root, "private_key_id"), Text(root, "private_key"));
    }

    private static string Json(string setting) => setting.TrimStart().StartsWith('{') ? setting : File.ReadAllText(setting.Trim());

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var found) && found.GetString() is { Length: > 0 } text
            ? text
            : throw new JsonException($"{name} is missing.");
}
