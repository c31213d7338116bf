using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Portal.Mail.Delivery;
using Portal.Mail.Dkim;
using Portal.Mail.Mime;
using Portal.Mail.Smtp;
using Tests.Mail.Mime;
using Tests.Mail.Smtp;
using Tests.Pages.Admin;
using Tests.People;
using Tests.Support;
using PemWriter = Org.BouncyCastle.OpenSsl.PemWriter;

namespace Tests.Mail.Dkim;

/// <summary>Skipped, visibly, where Debian's python3-dkim is not installed.</summary>
public sealed class NeedsDkimpyFactAttribute : FactAttribute
{
    public NeedsDkimpyFactAttribute() => Skip = Tool.Knows(Tool.Python, "dkim") ? null : "python3-dkim is not installed";
}

/// <summary>Signatures, judged by dkimpy.</summary>
public sealed class DkimTests : IDisposable
{
    private static readonly RSA Rsa = RSA.Create(2048);

    private static readonly MailMessage Mail = MailWriterTests.Sample with
    {
        Subject = "تأكيد الجلسة: كتابة طلبات المنح، والميزانيات، وما بعدها 🧕🏽",
        ToName = "طالب العلي",
        Calendar = new("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"),
        UnsubscribeUrl = new("https://portal.example/mail/off?code=Q2ZE-8"),
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DkimOptions Options(string pem)
    {
        File.WriteAllText(_folder["key.pem"], pem);
        return new() { Domain = "majlis.example", Selector = "s2026", PrivateKeyFile = _folder["key.pem"] };
    }

    private static MailWriter Writer(DkimOptions options) => new(new(Microsoft.Extensions.Options.Options.Create(options)));

    private static string Record(RSA key) => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";

    private static bool IsGood(byte[] mail, string record)
    {
        const string script = """
            import sys, base64, dkim
            name, record, raw = sys.stdin.read().split("\n")
            found = lambda asked, timeout=5: record.encode() if asked.decode() == name else None
            print(dkim.verify(base64.b64decode(raw), dnsfunc=found))
            """;
        var input = $"s2026._domainkey.majlis.example.\n{record}\n{Convert.ToBase64String(mail)}";
        return Tool.Run(Tool.Python, ["-c", script], input) == "True";
    }

    private static byte[] With(byte[] mail, string old, string now)
    {
        var text = Encoding.Latin1.GetString(mail);
        Assert.Contains(old, text);
        return Encoding.Latin1.GetBytes(text.Replace(old, now, StringComparison.Ordinal));
    }

    [NeedsDkimpyFact]
    public void A_signature_holds_what_receivers_look_at()
    {
        var mail = Writer(Options(Rsa.ExportPkcs8PrivateKeyPem())).Write(Mail);
        var record = Record(Rsa);
        Assert.True(IsGood(mail, record));
        Assert.True(IsGood([.. "Received: from here by there\r\n"u8, .. mail], record)); // every server on the way adds one
        Assert.False(IsGood(With(mail, "no-reply@majlis.example", "no-reply@evil.example"), record));
        Assert.False(IsGood(With(mail, "code=Q2ZE-8", "code=Q2ZE-9"), record));
        Assert.False(IsGood(With(mail, "List-Unsubscribe=One-Click", "List-Unsubscribe=Two-Click"), record));
        Assert.False(IsGood(With(mail, "MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nReply-To: <a@evil.example>\r\n"), record));
        Assert.False(IsGood(With(mail, "QkVHSU46VkNBTEVOREFS", "QkVHSU46VkNBTEVOREFT"), record)); // in the invitation
        using var other = RSA.Create(2048);
        Assert.False(IsGood(mail, Record(other)));
    }

    [NeedsDkimpyFact]
    public void A_key_in_the_old_form_signs_as_well() =>
        Assert.True(IsGood(Writer(Options(Rsa.ExportRSAPrivateKeyPem())).Write(Mail), Record(Rsa)));

    [Fact]
    public void Every_try_has_the_same_bytes_and_the_time_of_the_mail()
    {
        var options = Options(Rsa.ExportPkcs8PrivateKeyPem());
        var first = Writer(options).Write(Mail);
        Assert.Equal(first, Writer(options).Write(Mail with { }));
        Assert.Contains($"; t={Mail.Date.ToUnixTimeSeconds()};", Encoding.ASCII.GetString(first).Replace("\r\n\t", " "));
    }

    [Fact]
    public async Task A_key_of_Ed25519_signs_as_another_verifier_reads_it()
    {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        var writer = new StringWriter();
        new PemWriter(writer).WriteObject(new Org.BouncyCastle.OpenSsl.MiscPemGenerator(key));
        using var mail = MimeKit.MimeMessage.Load(new MemoryStream(Writer(Options(writer.ToString())).Write(Mail)));
        var signature = mail.Headers[mail.Headers.IndexOf(MimeKit.HeaderId.DkimSignature)];
        Assert.Contains("a=ed25519-sha256", signature.Value);
        Assert.True(await new MimeKit.Cryptography.DkimVerifier(new Locator(key.GeneratePublicKey())).VerifyAsync(mail, signature));
    }

    [Fact]
    public async Task A_signed_mail_goes_to_a_server_as_it_is()
    {
        var bytes = Writer(Options(Rsa.ExportPkcs8PrivateKeyPem())).Write(Mail);
        await using var server = new ScriptedServer();
        var smtp = new SmtpOptions { Host = "localhost", Port = server.Port, Security = SmtpSecurity.None };
        await using var session = await SmtpMailSender.OpenAsync(smtp, "portal.test", new(), null, CancellationToken.None);
        var result = await session.SendAsync(SmtpTestBase.Mail() with { Message = bytes }, CancellationToken.None);
        Assert.Equal(SendVerdict.Accepted, result.Verdict);
        Assert.Equal(Encoding.ASCII.GetString(bytes), Assert.Single(server.Contents));
    }

    [NeedsDkimpyFact]
    public async Task Mails_of_the_outbox_and_the_test_mail_are_signed()
    {
        var options = Options(Rsa.ExportPkcs8PrivateKeyPem());
        await using var app = await PortalApp.StartAsync(a => a.With("Mail:Dkim:Domain", options.Domain)
            .With("Mail:Dkim:Selector", options.Selector).With("Mail:Dkim:PrivateKeyFile", options.PrivateKeyFile));
        var session = await app.AddSessionAsync();
        await app.ConfirmAsync(session);
        await app.DispatchAsync();
        var queued = app.Files().Count;
        Assert.NotEqual(0, queued);
        using var admin = await TestMailPageTests.AdminAsync(app, await app.AddPersonAsync());
        await admin.SubmitAsync("/admin/mail/test");
        Assert.Equal(queued + 1, app.Files().Count);
        Assert.All(app.Files(), file => Assert.True(IsGood(File.ReadAllBytes(file), Record(Rsa)), file));
    }

    private sealed class Locator(Org.BouncyCastle.Crypto.AsymmetricKeyParameter key) : MimeKit.Cryptography.DkimPublicKeyLocatorBase
    {
        public override Org.BouncyCastle.Crypto.AsymmetricKeyParameter LocatePublicKey(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => key;

        public override Task<Org.BouncyCastle.Crypto.AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(key);
    }
}
