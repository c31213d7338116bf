using System.Text;
using System.Text.Json;
using Portal.Mail.Delivery;
using Portal.Mail.Mime;
using Portal.Mail.Smtp;
using Tests.Mail.Mime;
using Tests.Support;

namespace Tests.Mail.Smtp;

/// <summary>Another mail server that we did not write, and what lies in the mailbox after it.</summary>
public sealed class EximTests(EximServer server) : IClassFixture<EximServer>
{
    private SmtpOptions Options { get; } = new() { Host = "localhost", Port = server.Port, User = "majlis", Password = "right" };

    private Task<IMailSession> OpenAsync() =>
        SmtpMailSender.OpenAsync(Options, "portal.test", new(), TestCertificate.Trust, CancellationToken.None);

    private static Task<SendResult> SendAsync(IMailSession session, OutgoingMail mail) => session.SendAsync(mail, CancellationToken.None);

    [EximFact]
    public async Task One_recipient_may_be_refused_and_lines_of_dots_arrive_as_they_were()
    {
        const string body = ".a\r\n..b\r\n.\r\n\r\n. \r\n.MAIL FROM:<x@y.z>\r\nend\r\n";
        await using var session = await OpenAsync();
        var result = await SendAsync(session, SmtpTestBase.Mail(["dots@example.org", "nobody@example.org"], body));
        Assert.True(result.Verdict == SendVerdict.Accepted, result.ToString());
        Assert.Equal(["Accepted 250 ", "Rejected 550 5.1.1"], result.Recipients.Select(r => $"{r.Verdict} {r.Code} {r.EnhancedCode}"));
        var stored = Encoding.UTF8.GetString(await server.ReceivedAsync("dots@example.org"));
        Assert.EndsWith("\n\n" + body.Replace("\r\n", "\n"), stored);

        // The session goes on after a refusal of everybody, and after one of the content.
        result = await SendAsync(session, SmtpTestBase.Mail("nobody@example.org"));
        Assert.Equal("Rejected Recipient Recipient 550 5.1.1", Told(result));
        var unwanted = SmtpTestBase.Mail("a@example.org") with { Message = "Subject: unwanted\r\n\r\nHello\r\n"u8.ToArray() };
        Assert.Equal("Rejected Message Content 550 5.7.1", Told(await SendAsync(session, unwanted)));
        Assert.Equal(SendVerdict.Accepted, (await SendAsync(session, SmtpTestBase.Mail("a@example.org"))).Verdict);
        Assert.Contains(session.Steps, s => s.Stage == SendStage.StartTls && s.Text.StartsWith("Tls1", StringComparison.Ordinal));
    }

    [EximFact]
    public async Task Without_the_right_password_or_a_known_certificate_nothing_leaves()
    {
        Options.Password = "wrong";
        Assert.Equal("NotAttempted Auth Auth 535 ", Told(await OnceAsync()));
        (Options.User, Options.Password) = ("", "");
        // To sign in is asked for only when the recipient is named: it is an answer about that.
        Assert.Equal("Rejected Recipient Recipient 550 5.7.1", Told(await OnceAsync()));
        (Options.User, Options.Password, Options.Security) = ("majlis", "right", SmtpSecurity.None);
        Assert.Equal("NotAttempted Auth Auth  ", Told(await OnceAsync())); // offered after STARTTLS alone
        Options.Security = SmtpSecurity.StartTls;
        await using var untrusting = await SmtpMailSender.OpenAsync(Options, "portal.test", new(), null, CancellationToken.None);
        Assert.Equal("NotAttempted Connection StartTls  ", Told(await SendAsync(untrusting, SmtpTestBase.Mail())));

        async Task<SendResult> OnceAsync()
        {
            await using var session = await OpenAsync();
            return await SendAsync(session, SmtpTestBase.Mail());
        }
    }

    [EximFact]
    public async Task An_Arabic_mail_with_an_invitation_lies_in_the_mailbox_as_it_was_written()
    {
        const string address = "talib@موقع.مثال", written = "talib@xn--4gbrim.xn--mgbh0fb";
        var message = new MailMessage
        {
            MessageId = "0198a2f40000700080000000000000ab@portal.example",
            Date = new(2026, 11, 24, 18, 5, 9, TimeSpan.Zero),
            FromName = "مجلس",
            FromAddress = "no-reply@majlis.example",
            ToName = "طالب بن عبد الله العلي المعروف بأبي الحسن الخوارزمي",
            ToAddress = address,
            Subject = "تأكيد الجلسة: كتابة طلبات المنح، والميزانيات، وما بعدها 🧕🏽",
            Language = "ar",
            Text = ".\nمرحبًا طالب،\n",
            Html = "<p dir=\"rtl\">مرحبًا</p>\n",
            Calendar = new("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:جلسة\r\nEND:VCALENDAR\r\n"),
        };
        await using var session = await OpenAsync();
        var result = await SendAsync(session, new(Guid.CreateVersion7(), message.MessageId, message.Date, message.FromAddress, [address],
            MailWriterTests.Writer.Write(message)));
        Assert.True(result.Verdict == SendVerdict.Accepted, result.ToString());

        var stored = await server.ReceivedAsync(written);
        const string script = """
            import sys, json, base64, email, email.policy, email.utils
            from email.header import decode_header, make_header
            raw = base64.b64decode(sys.stdin.read())
            m = email.message_from_bytes(raw, policy=email.policy.default)
            # The new policy leaves spaces between the words of a long display name in Python before 3.13; the old one does not.
            (name, address), = email.utils.getaddresses([email.message_from_bytes(raw)["To"]])
            leaves = [p for p in m.walk() if not p.is_multipart()]
            print(json.dumps([str(m["Subject"]), str(make_header(decode_header(name.replace("\n", "")))), address, str(m["Message-ID"]).strip(),
              str([d for p in m.walk() for d in p.defects])] + [f"{p['Content-Type']} {p.get_content_disposition()}" for p in leaves]
              + [p.get_payload(decode=True).decode() for p in leaves]))
            """;
        var parsed = JsonSerializer.Deserialize<string[]>(Tool.Run(Tool.Python, ["-c", script], Convert.ToBase64String(stored)))!;
        var calendar = message.Calendar.Text;
        Assert.Equal(
        [
            message.Subject, message.ToName, written, $"<{message.MessageId}>", "[]",
            "text/plain; charset=\"utf-8\" None", "text/html; charset=\"utf-8\" None",
                "text/calendar; method=\"REQUEST\"; charset=\"utf-8\" None",
            "application/ics; name=\"invite.ics\" attachment",
            message.Text.ReplaceLineEndings("\r\n"), message.Html.ReplaceLineEndings("\r\n"), calendar, calendar,
        ], parsed);
    }

    [EximFact]
    public async Task An_Arabic_name_before_the_at_goes_by_SMTPUTF8()
    {
        await using var session = await OpenAsync();
        var result = await SendAsync(session, SmtpTestBase.Mail("طالب@example.org"));
        Assert.True(result.Verdict == SendVerdict.Accepted, result.ToString());
        await server.ReceivedAsync("طالب@example.org");
    }

    private static string Told(SendResult r) => $"{r.Verdict} {r.Scope} {r.Stage} {r.Code} {r.EnhancedCode}";
}
