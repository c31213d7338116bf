using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tests.Mail.Smtp;

/// <summary>A certificate that only those trust who are told to.</summary>
internal static class TestCertificate
{
    private static readonly Lazy<X509Certificate2> One = new(() => Make("localhost"));

    public static X509Certificate2 ForLocalhost => One.Value;

    public static X509ChainPolicy Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { ForLocalhost },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    public static X509ChainPolicy TrustIn(X509Certificate2 root) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { root },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    public static X509Certificate2 Make(string host, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), until ?? DateTimeOffset.UtcNow.AddDays(30));
        // A key that lives in memory alone cannot serve TLS on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
