using System.Security.Cryptography;
using Portal.Mail.Dkim;
using Tests.Support;

namespace Tests.Mail.Dkim;

public sealed class DkimOptionsTests : IDisposable
{
    private static readonly string Good = Pkcs8(2048);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string?, string?> Settings => new()
    {
        { "", "", null, null }, // off
        { "", "what ever", "broken", null },
        { "majlis.example", "s2026", Good, null },
        { "majlis.example", "s2026.mail", Pkcs1(2048), null },
        { "majlis.example", "", Good, "Selector" },
        { "majlis.example", "a b", Good, "Selector" },
        { "majlis.example", "a; h=from", Good, "Selector" },
        { "majlis.example\r\nX: y", "s2026", Good, "Domain is not" },
        { "موقع.مثال", "s2026", Good, "xn--" },
        { "majlis.example", "s2026", null, "cannot be read" },
        { "majlis.example", "s2026", "broken", "no private key" },
        { "majlis.example", "s2026", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no PEM key" },
        { "majlis.example", "s2026", Public(), "no private key" },
        { "majlis.example", "s2026", Locked(), "without a password" },
        { "majlis.example", "s2026", ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem(), "neither RSA nor Ed25519" },
        { "majlis.example", "s2026", Pkcs8(1024), "1024 bits" },
        { "majlis.example", "s2026", Pkcs1(1024), "1024 bits" },
    };

    [Theory, MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void What_receivers_would_not_believe_stops_the_start(string domain, string selector, string? pem, string? told)
    {
        if (pem is not null)
            File.WriteAllText(_folder["key.pem"], pem);
        var options = new DkimOptions { Domain = domain, Selector = selector, PrivateKeyFile = _folder["key.pem"] };
        var result = new DkimOptionsValidator().Validate(null, options);
        Assert.True(told is null == result.Succeeded, result.FailureMessage);
        if (told is not null)
            Assert.Contains(told, result.FailureMessage);
    }

    [Fact]
    public void A_domain_needs_the_name_of_a_file_that_can_be_read()
    {
        Assert.Contains("PrivateKeyFile is not", Told(""));
        Assert.Contains("cannot be read", Told(_folder.Path)); // a folder
        Assert.Contains("cannot be read", Told(_folder["nowhere/key.pem"]));
    }

    private static string Told(string file) => new DkimOptionsValidator()
        .Validate(null, new() { Domain = "majlis.example", Selector = "s", PrivateKeyFile = file }).FailureMessage!;

    private static string Pkcs8(int bits)
    {
        using var key = RSA.Create(bits);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string Pkcs1(int bits)
    {
        using var key = RSA.Create(bits);
        return key.ExportRSAPrivateKeyPem();
    }

    private static string Public()
    {
        using var key = RSA.Create(2048);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static string Locked()
    {
        using var key = RSA.Create(2048);
        return key.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));
    }
}
