using System.Security.Cryptography;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using PasswordException = Org.BouncyCastle.Security.PasswordException;

namespace Portal.Mail.Dkim;

/// <summary>A private key that is good for signatures (RFC 8301, RFC 8463).</summary>
internal sealed class DkimKey(AsymmetricKeyParameter parameter)
{
    private const int MinRsaBits = 2048;

    private readonly Lock _gate = new();

    // BouncyCastle's RSA takes 4 ms for a mail, the system's a third of one.
    private readonly RSA? _rsa = parameter is RsaPrivateCrtKeyParameters rsa ? RSA.Create(DotNetUtilities.ToRSAParameters(rsa)) : null;

    public AsymmetricKeyParameter Parameter => parameter;

    public bool IsRsa => _rsa is not null;

    public DkimSignatureAlgorithm Algorithm => IsRsa ? DkimSignatureAlgorithm.RsaSha256 : DkimSignatureAlgorithm.Ed25519Sha256;

    public int SignatureBytes => _rsa!.KeySize / 8;

    public byte[] SignRsa(byte[] hash)
    {
        lock (_gate)
            return _rsa!.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <param name="problem">One sentence for administrators, without anything of the key; null when the key is good.</param>
    public static DkimKey? TryRead(string file, out string? problem)
    {
        object? found = null;
        try
        {
            using var reader = new PemReader(File.OpenText(file));
            found = reader.ReadObject();
            problem = Problem(found);
        }
        catch (Exception e) when (e is PemException or PasswordException or GeneralSecurityException or CryptoException
            or FormatException or ArgumentException)
        {
            problem = "Mail:Dkim:PrivateKeyFile holds no PEM key that can be read without a password.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"Mail:Dkim:PrivateKeyFile cannot be read: {e.Message}";
        }
        return problem is null ? new(Private(found)!) : null;
    }

    private static string? Problem(object? found) => Private(found) switch
    {
        null => "Mail:Dkim:PrivateKeyFile holds no private key.",
        RsaPrivateCrtKeyParameters { Modulus.BitLength: var bits and < MinRsaBits } =>
            $"Mail:Dkim:PrivateKeyFile holds an RSA key of {bits} bits; receivers want {MinRsaBits} at least.",
        RsaPrivateCrtKeyParameters or Ed25519PrivateKeyParameters => null,
        _ => "Mail:Dkim:PrivateKeyFile holds a key that is neither RSA nor Ed25519.",
    };

    private static AsymmetricKeyParameter? Private(object? found) =>
        (found is AsymmetricCipherKeyPair pair ? pair.Private : found as AsymmetricKeyParameter) is { IsPrivate: true } key ? key : null;
}
