using System.Text;
using Portal.Mail.Delivery;
using Portal.Mail.Smtp;

namespace Tests.Mail.Smtp;

/// <summary>Encryption and signing in: required means required.</summary>
public sealed class SmtpSecurityTests : SmtpTestBase
{
    private const string Password = "s3cret-Wörter";

    private void SignIn(string mechanisms)
    {
        (Options.User, Options.Password) = ("majlis", Password);
        Server.Extensions = ["PIPELINING", $"AUTH {mechanisms}"];
    }

    private void Encrypt(SmtpSecurity security)
    {
        Options.Security = security;
        Server.Certificate = TestCertificate.ForLocalhost;
        Server.ImplicitTls = security == SmtpSecurity.Tls;
        Server.Extensions = [.. Server.Extensions, "STARTTLS"];
    }

    [Theory]
    [InlineData(SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.StartTls)]
    public async Task A_mail_goes_encrypted(SmtpSecurity security)
    {
        Encrypt(security);
        var session = await OpenAsync();
        var result = await session.SendAsync(Mail(), CancellationToken.None);
        Assert.True(result.Verdict == SendVerdict.Accepted, result.Text);
        Assert.Contains(session.Steps, s => s.Stage == SendStage.StartTls && s.Text.StartsWith("Tls1", StringComparison.Ordinal));
        Assert.Equal(security == SmtpSecurity.StartTls ? 2 : 1, Server.Commands.Count(c => c.StartsWith("EHLO", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.StartTls)]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(SmtpSecurity security)
    {
        Encrypt(security);
        Trust = null;
        var result = await SendAsync();
        Assert.Equal("NotAttempted Connection StartTls", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Contains("isn’t trusted", result.Text);
        Assert.Empty(Transfer);
    }

    [Fact]
    public async Task A_certificate_for_another_host_or_of_the_past_is_refused()
    {
        Encrypt(SmtpSecurity.StartTls);
        Server.Certificate = TestCertificate.Make("other.example");
        Trust = TestCertificate.TrustIn(Server.Certificate);
        Assert.Contains("is not for localhost", (await SendAsync()).Text);

        Server.Certificate = TestCertificate.Make("localhost", until: DateTimeOffset.UtcNow.AddDays(-1));
        Trust = TestCertificate.TrustIn(Server.Certificate);
        Assert.Contains("NotTimeValid", (await SendAsync()).Text);
    }

    [Fact]
    public async Task Without_STARTTLS_no_mail_leaves()
    {
        Options.Security = SmtpSecurity.StartTls;
        var result = await SendAsync();
        Assert.Equal("NotAttempted Connection StartTls", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.DoesNotContain("STARTTLS", Server.Commands);
    }

    [Theory]
    [InlineData("454 4.7.0 Not now", 454)]
    [InlineData("502 What", 502)]
    [InlineData("220 Go on\r\n250-injected", null)]
    public async Task STARTTLS_that_fails_ends_it(string answer, int? code)
    {
        Encrypt(SmtpSecurity.StartTls);
        Server.Answers["STARTTLS"] = answer;
        var result = await SendAsync();
        Assert.Equal(("NotAttempted Connection StartTls", code), ($"{result.Verdict} {result.Scope} {result.Stage}", result.Code));
    }

    [Fact]
    public async Task What_came_in_the_clear_before_the_handshake_is_not_believed()
    {
        Encrypt(SmtpSecurity.StartTls);
        Server.AfterStartTls = "250-sink.example\r\n250 AUTH PLAIN";
        var result = await SendAsync();
        Assert.Equal(SendStage.StartTls, result.Stage);
        Assert.Contains("in between", result.Text);
    }

    [Fact]
    public async Task What_was_offered_in_the_clear_is_forgotten()
    {
        SignIn("PLAIN");
        Encrypt(SmtpSecurity.StartTls);
        Server.ExtensionsInTls = ["SIZE 5000"];
        Assert.Equal("NotAttempted Auth Auth", await SendAsync() is var r ? $"{r.Verdict} {r.Scope} {r.Stage}" : "");
        Assert.DoesNotContain(Server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PLAIN LOGIN", "AUTH PLAIN AG1hamxpcwBzM2NyZXQtV8O2cnRlcg==")]
    [InlineData("LOGIN CRAM-MD5", "AUTH LOGIN\nbWFqbGlz\nczNjcmV0LVfDtnJ0ZXI=")]
    public async Task The_portal_signs_in_by_what_is_offered(string offered, string said)
    {
        SignIn(offered);
        Assert.Equal(SendVerdict.Accepted, (await SendAsync()).Verdict);
        Assert.Contains(said, Server.Said);
    }

    [Fact]
    public async Task A_token_goes_by_XOAUTH2_and_its_refusal_is_told()
    {
        (Options.User, Options.OAuthToken) = ("m@example.org", "ya29.token");
        Server.Extensions = ["AUTH PLAIN XOAUTH2"];
        Assert.Equal(SendVerdict.Accepted, (await SendAsync()).Verdict);
        var sent = Server.Commands.Single(c => c.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Equal("user=m@example.org\u0001auth=Bearer ya29.token\u0001\u0001",
            Encoding.UTF8.GetString(Convert.FromBase64String(sent["AUTH XOAUTH2 ".Length..])));

        Server.Answers["AUTH"] = "334 eyJzdGF0dXMiOiI0MDAifQ==";
        Server.Answers["word 1"] = "535 5.7.8 Not accepted";
        var result = await SendAsync();
        Assert.Equal("NotAttempted Auth Auth 535 5.7.8 Not accepted",
            $"{result.Verdict} {result.Scope} {result.Stage} {result.Code} {result.EnhancedCode} {result.Text}");
    }

    [Theory]
    [InlineData("CRAM-MD5 GSSAPI", "CRAM-MD5")]
    [InlineData("XOAUTH2", "XOAUTH2")]
    [InlineData("", "no way to sign in")]
    public async Task A_user_that_cannot_sign_in_sends_nothing(string offered, string told)
    {
        SignIn(offered);
        var result = await SendAsync();
        Assert.Equal("NotAttempted Auth Auth", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Contains(told, result.Text);
        Assert.Empty(Transfer);
    }

    [Theory]
    [InlineData("235 2.7.0 Welcome", "Accepted Message Content 250")]
    [InlineData("535 5.7.8 No", "NotAttempted Auth Auth 535")]
    public async Task A_server_that_asks_more_than_there_is_to_say_gets_an_empty_line(string answer, string meaning)
    {
        SignIn("PLAIN");
        (Server.Answers["AUTH"], Server.Answers["word 1"]) = ("334 TW9yZQ==", answer);
        var result = await SendAsync();
        Assert.Equal(meaning, $"{result.Verdict} {result.Scope} {result.Stage} {result.Code}");
        Assert.Equal("", Server.Commands.ElementAt(2));
    }

    [Fact]
    public async Task What_the_server_repeats_of_the_password_later_is_not_told_either()
    {
        SignIn("PLAIN");
        Server.Answers["AUTH"] = "235 You said AG1hamxpcwBzM2NyZXQtV8O2cnRlcg==";
        Server.Answers["MAIL"] = ScriptedServer.Drop; // MailKit then repeats the last answer
        var session = await OpenAsync();
        var result = await session.SendAsync(Mail(), CancellationToken.None);
        Assert.Equal(SendVerdict.Deferred, result.Verdict);
        Assert.DoesNotContain("AG1hamxpcw", result.Text + string.Concat(session.Steps.Select(s => s.Text)));
    }

    [Theory]
    [InlineData(SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.StartTls)]
    public async Task An_answer_without_end_is_an_error_under_TLS_too(SmtpSecurity security)
    {
        Encrypt(security);
        Server.Answers["MAIL"] = "250 " + new string('x', 200 * 1024);
        var result = await SendAsync();
        Assert.Equal("Deferred Connection Sender", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Contains("too long", result.Text);
    }

    [Theory]
    [InlineData("PLAIN", "AUTH", "535 5.7.8 Bad: AUTH PLAIN AG1hamxpcwBzM2NyZXQtV8O2cnRlcg== (s3cret-Wörter)", "Auth 535")]
    [InlineData("LOGIN", "word 2", "535 You said czNjcmV0LVfDtnJ0ZXI=", "Auth 535")]
    [InlineData("PLAIN", "AUTH", "AUTH PLAIN AG1hamxpcwBzM2NyZXQtV8O2cnRlcg==", "Connection ")]
    [InlineData("PLAIN", "AUTH", "534 5.7.9 s3cret-Wörter is too weak", "Auth 534")]
    [InlineData("PLAIN", "AUTH", "421 4.3.2 Closing", "Connection 421")]
    public async Task A_refused_password_is_told_without_it(string offered, string at, string answer, string meaning)
    {
        SignIn(offered);
        Server.Answers[at] = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(answer));
        var result = await SendAsync();
        Assert.Equal($"NotAttempted {meaning}", $"{result.Verdict} {result.Scope} {result.Code}");
        Assert.Equal(SendStage.Auth, result.Stage);
        Assert.DoesNotContain("AG1hamxpcw", result.Text);
        Assert.DoesNotContain("czNjcmV0", result.Text);
        Assert.DoesNotContain("s3cret", result.Text);
    }
}
