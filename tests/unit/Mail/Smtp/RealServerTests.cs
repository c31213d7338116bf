using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Portal.Mail.Delivery;
using Portal.Mail.Smtp;
using Tests.Support;

namespace Tests.Mail.Smtp;

/// <summary>Skipped, visibly, where Debian's python3-aiosmtpd is not installed.</summary>
public sealed class NeedsAiosmtpdFactAttribute : FactAttribute
{
    public NeedsAiosmtpdFactAttribute() => Skip = Tool.Knows(Tool.Python, "aiosmtpd") ? null : "python3-aiosmtpd is not installed";
}

/// <summary>A mail server that we did not write.</summary>
public sealed class RealServerTests
{
    [NeedsAiosmtpdFact]
    public async Task Aiosmtpd_takes_mails_by_STARTTLS_and_a_password()
    {
        using var folder = new TempFolder();
        var certificate = TestCertificate.ForLocalhost;
        await File.WriteAllTextAsync(folder["c.pem"], certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder["k.pem"], certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var port = FreePort();
        using var server = Process.Start(new ProcessStartInfo(Tool.Python,
            [Repository.File("tests/unit/Mail/Smtp/aiosmtpd_server.py"), folder["c.pem"], folder["k.pem"], folder.Path, $"{port}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            Assert.Equal("ready", await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
            var options = new SmtpOptions { Host = "localhost", Port = port, User = "majlis", Password = "right" };
            await using (var session =
                await SmtpMailSender.OpenAsync(options, "portal.test", new(), TestCertificate.Trust, CancellationToken.None))
            {
                var result = await session.SendAsync(SmtpTestBase.Mail(["a@example.org", "nobody@example.org"],
                    ".a\r\n..b\r\n.\r\nend\r\n"), CancellationToken.None);
                Assert.True(result.Verdict == SendVerdict.Accepted, result.ToString());
                Assert.Equal(["Accepted 250", "Rejected 550"], result.Recipients.Select(r => $"{r.Verdict} {r.Code}"));
                Assert.Equal("Subject: Test\r\n\r\n.a\r\n..b\r\n.\r\nend\r\n", await File.ReadAllTextAsync(folder["1.eml"]));

                result = await session.SendAsync(SmtpTestBase.Mail("nobody@example.org"), CancellationToken.None);
                Assert.Equal((SendVerdict.Rejected, SendScope.Recipient, "5.1.1"), (result.Verdict, result.Scope, result.EnhancedCode));
                Assert.Equal(SendVerdict.Accepted,
                    (await session.SendAsync(SmtpTestBase.Mail("طالب@example.org"), CancellationToken.None)).Verdict);
            }

            options.Password = "wrong";
            await using var refused =
                await SmtpMailSender.OpenAsync(options, "portal.test", new(), TestCertificate.Trust, CancellationToken.None);
            var why = await refused.SendAsync(SmtpTestBase.Mail(), CancellationToken.None);
            Assert.Equal((SendVerdict.NotAttempted, SendScope.Auth, 535), (why.Verdict, why.Scope, why.Code));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
