using System.Security.Cryptography;
using System.Text;

namespace Plugins.BigBlueButton;

/// <summary>
/// The parameters of one call. Every name and value is percent-encoded before it is signed: nobody's name or topic can add another
/// parameter.
/// </summary>
internal sealed class SignedQuery
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a parameter, unless the value is null or empty: the server takes an empty value for one that was given.</summary>
    public SignedQuery Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append(text.Length > 0 ? "&" : "").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    /// <summary>Only where it is true: the server's own default is false for all of them.</summary>
    public SignedQuery Flag(string name, bool value) => Add(name, value ? "true" : null);

    /// <summary>The whole address of the call, with its checksum.</summary>
    public Uri Sign(Uri server, string call, string secret, ChecksumAlgorithm algorithm)
    {
        var query = text.ToString();
        var sum = Checksum(call, query, secret, algorithm);
        return new Uri($"{server.AbsoluteUri}/{call}?{query}{(query is "" ? "" : "&")}checksum={sum}");
    }

    public static string Checksum(string call, string query, string secret, ChecksumAlgorithm algorithm)
    {
        var bytes = Encoding.UTF8.GetBytes(call + query + secret);
        return Convert.ToHexStringLower(algorithm switch
        {
#pragma warning disable CA5350 // Some servers know nothing better; the settings say so.
            ChecksumAlgorithm.Sha1 => SHA1.HashData(bytes),
#pragma warning restore CA5350
            ChecksumAlgorithm.Sha384 => SHA384.HashData(bytes),
            ChecksumAlgorithm.Sha512 => SHA512.HashData(bytes),
            _ => SHA256.HashData(bytes),
        });
    }
}
