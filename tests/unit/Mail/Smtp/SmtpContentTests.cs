using System.Text;
using Portal.Mail.Delivery;
using Portal.Mail.Smtp;

namespace Tests.Mail.Smtp;

/// <summary>What of a mail goes over the wire, and what must not.</summary>
public sealed class SmtpContentTests : SmtpTestBase
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a\r\n")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData(".\r\n", "..\r\n")]
    [InlineData("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n")]
    [InlineData("a\r\n..\r\n", "a\r\n...\r\n")]
    [InlineData("a.b\r\n c.\r\n.d", "a.b\r\n c.\r\n..d\r\n")]
    [InlineData("\r\n.\r\n.\r\n.", "\r\n..\r\n..\r\n..\r\n")]
    public async Task Dots_at_the_beginning_of_a_line_are_doubled(string body, string wire)
    {
        Assert.Equal(SendVerdict.Accepted, (await SendAsync(Mail(body: body))).Verdict);
        Assert.Equal("Subject: Test\r\n\r\n" + wire, Assert.Single(Server.Contents));
    }

    [Theory]
    [InlineData("a\n.\nMAIL FROM:<b@c.d>\r\n")]
    [InlineData("a\r.\r\n")]
    [InlineData("a\r\r\n")]
    [InlineData("a\n\r\n")]
    [InlineData("a\r")]
    [InlineData("a\0b\r\n")]
    public async Task What_a_server_could_read_as_the_end_is_not_sent(string body)
    {
        var result = await SendAsync(Mail(body: body));
        Assert.Equal("Rejected Message Content", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Empty(Transfer);
    }

    [Theory]
    [InlineData("a@b.c\r\nRCPT TO:<x@y.z>")]
    [InlineData("a@b.c> SIZE=1")]
    [InlineData("a b@c.d")]
    [InlineData("a@b@c")]
    [InlineData("@b.c")]
    [InlineData("")]
    [InlineData("a@b.c\0")]
    [InlineData("a@ ")]
    [InlineData("a@xn--\u0628")]
    [InlineData("a@b\u00FCcher\uFE64x\uFE65.example")] // small signs that become < and >
    [InlineData("a@b\u00FC\uFF20b.example")] // a wide @
    public async Task An_address_cannot_bring_a_command(string address)
    {
        var result = await SendAsync(Mail(address));
        Assert.Equal("Rejected Recipient", $"{result.Verdict} {result.Scope}");
        result = await SendAsync(Mail(from: address));
        Assert.Equal("Rejected Message Sender", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Empty(Transfer);
    }

    [Theory]
    [InlineData("a@موقع.مثال", "", "RCPT TO:<a@xn--4gbrim.xn--mgbh0fb>", false)]
    [InlineData("a@موقع.مثال", "SMTPUTF8", "RCPT TO:<a@xn--4gbrim.xn--mgbh0fb>", false)] // the next server may not know the word
    [InlineData("a@xn--4gbrim.xn--mgbh0fb", "SMTPUTF8", "RCPT TO:<a@xn--4gbrim.xn--mgbh0fb>", false)]
    [InlineData("طالب@example.org", "", null, false)]
    [InlineData("طالب@موقع.مثال", "SMTPUTF8", "RCPT TO:<طالب@xn--4gbrim.xn--mgbh0fb>", true)]
    public async Task Arabic_addresses_go_where_they_can(string address, string extension, string? command, bool word)
    {
        Server.Extensions = ["8BITMIME", .. extension is "" ? [] : new[] { extension }];
        var result = await SendAsync(Mail(address));
        Assert.Equal(command is null ? SendVerdict.Rejected : SendVerdict.Accepted, result.Verdict);
        Assert.Equal(command is null ? SendScope.Recipient : SendScope.Message, result.Scope);
        Assert.Equal(command is not null, Transfer.Contains(command));
        Assert.Equal(word, Transfer.Length > 0 && Transfer[0].EndsWith(" SMTPUTF8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_of_8_bits_goes_by_SMTPUTF8_alone_and_a_body_of_8_bits_not_at_all()
    {
        var head = Mail() with { Message = Encoding.UTF8.GetBytes("Reply-To: <طالب@example.org>\r\n\r\nHello\r\n") };
        Server.Extensions = ["8BITMIME"];
        Assert.Equal("Rejected Message Content", await SendAsync(head) is var r ? $"{r.Verdict} {r.Scope} {r.Stage}" : "");
        Server.Extensions = ["8BITMIME", "SMTPUTF8"];
        Assert.Equal(SendVerdict.Rejected, (await SendAsync(Mail(body: "مرحبا\r\n"))).Verdict);
        Assert.Empty(Transfer);

        Assert.Equal(SendVerdict.Accepted, (await SendAsync(head)).Verdict);
        Assert.Equal("MAIL FROM:<no-reply@majlis.example> SMTPUTF8", Transfer[0]);
        Assert.Equal("Reply-To: <طالب@example.org>\r\n\r\nHello\r\n", Assert.Single(Server.Contents));
    }

    [Fact]
    public async Task A_message_that_is_too_large_for_the_server_is_not_tried()
    {
        Server.Extensions = ["SIZE 20"];
        Assert.Equal("Rejected Message Sender", await SendAsync() is var r ? $"{r.Verdict} {r.Scope} {r.Stage}" : "");
        Assert.Empty(Transfer);
        Server.Extensions = ["SIZE 0"]; // no limit told
        Assert.Equal(SendVerdict.Accepted, (await SendAsync()).Verdict);
    }

    [Fact]
    public async Task A_mail_whose_refusal_nobody_wants_has_an_empty_sender()
    {
        Assert.Equal(SendVerdict.Accepted, (await SendAsync(Mail(from: null))).Verdict);
        Assert.StartsWith("MAIL FROM:<>", Transfer[0]);
    }

    [Fact]
    public async Task A_large_message_arrives_as_it_is()
    {
        var body = string.Concat(Enumerable.Range(0, 20_000).Select(i => (i % 3 == 0 ? "." : "") + i + "\r\n"));
        Assert.Equal(SendVerdict.Accepted, (await SendAsync(Mail(body: body))).Verdict);
        Assert.Equal("Subject: Test\r\n\r\n" + body.Replace("\r\n.", "\r\n..").Insert(0, body[0] == '.' ? "." : ""),
            Assert.Single(Server.Contents));
    }

    [Fact]
    public async Task A_dot_is_doubled_wherever_the_blocks_end_that_the_message_goes_out_in()
    {
        var session = await OpenAsync();
        for (var before = 4096 - 32; before < 4096 + 4; before++)
        {
            var result = await session.SendAsync(Mail(body: new string('x', before) + "\r\n.\r\nend\r\n"), CancellationToken.None);
            Assert.Equal(SendVerdict.Accepted, result.Verdict);
            Assert.EndsWith("x\r\n..\r\nend\r\n", Server.Contents.Last());
        }
    }

    [Fact]
    public async Task A_message_leaves_as_it_is_or_not_at_all()
    {
        string[] pieces =
        [
            "--b\r\n", "--b--\r\n", "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: message/rfc822\r\n", "\r\n",
            "\r\n\r\n", " folded\r\n", "DKIM-Signature: v=1;\r\n\tb=a\r\n", "=?utf-8?Q?=41?=", "Subject:\r\n", "text", "\t",
            "From x\r\n", ">From x\r\n", "Content-Length: 3\r\n", "Content-Transfer-Encoding: binary\r\n", "no colon\r\n",
            "X:  y \t\r\n", ".\r\n", "To: \"a\"   <a@b.c>,b@c.d\r\n", new string('y', 5000) + "\r\n",
        ];
        Server.Extensions = ["PIPELINING", "8BITMIME", "BINARYMIME", "CHUNKING", "SMTPUTF8"];
        var session = await OpenAsync();
        var accepted = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var message = "X: 1\r\n" + string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ => pieces[random.Next(pieces.Length)]));
            var result = await session.SendAsync(Mail() with { Message = Encoding.ASCII.GetBytes(message) }, CancellationToken.None);
            if (result.Verdict == SendVerdict.Rejected)
                continue;
            accepted++;
            var wire = message.EndsWith("\r\n", StringComparison.Ordinal) ? message : message + "\r\n";
            Assert.True(wire.Replace("\r\n.", "\r\n..") == Server.Contents.Last(), $"{seed}: {message} became {Server.Contents.Last()}");
        }
        Assert.Equal(accepted, Server.Contents.Count);
        Assert.InRange(accepted, 100, 299); // what MailKit would change is refused
    }

    [Theory]
    [InlineData("https://portal.example.org/x", "portal.example.org")]
    [InlineData("https://موقع.مثال", "xn--4gbrim.xn--mgbh0fb")]
    [InlineData("http://192.0.2.1:5000", "[192.0.2.1]")]
    [InlineData("http://[2001:db8::1]", "[IPv6:2001:db8::1]")]
    public async Task The_portal_gives_its_public_name(string address, string name)
    {
        Options.Port = Server.Port;
        await using var session = await SmtpMailSender.OpenAsync(Options, new Uri(address).IdnHost, Limits, Trust, CancellationToken.None);
        Assert.Equal($"EHLO {name}", Server.Commands.First());
    }
}
