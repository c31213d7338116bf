using System.Text;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Smtp;

namespace Tests.Mail.Smtp;

/// <summary>What of a mail goes over the wire, and what must not.</summary>
public sealed class SmtpContentTests : SmtpTestBase
{
    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a\r\n..\r\n", "a\r\n...\r\n.\r\n")]
    [InlineData("a.b\r\n c.\r\n.d", "a.b\r\n c.\r\n..d\r\n.\r\n")]
    [InlineData("\r\n.\r\n.\r\n.", "\r\n..\r\n..\r\n..\r\n.\r\n")]
    public void Dots_at_the_beginning_of_a_line_are_doubled(string message, string wire)
    {
        using var content = SmtpContent.Of(Encoding.ASCII.GetBytes(message));
        Assert.Equal(wire, Encoding.ASCII.GetString(content.Bytes.Span));
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
    public async Task An_address_cannot_bring_a_command(string address)
    {
        var result = await SendAsync(Mail(address));
        Assert.Equal("Rejected Recipient", $"{result.Verdict} {result.Scope}");
        result = await SendAsync(Mail(from: address));
        Assert.Equal("Rejected Message Sender", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Empty(Transfer);
    }

    [Theory]
    [InlineData("a@موقع.مثال", "RCPT TO:<a@xn--4gbrim.xn--mgbh0fb>", "")]
    [InlineData("طالب@example.org", null, "")]
    [InlineData("طالب@موقع.مثال", "RCPT TO:<طالب@xn--4gbrim.xn--mgbh0fb>", "SMTPUTF8")]
    public async Task Arabic_addresses_go_where_they_can(string address, string? command, string extension)
    {
        Server.Extensions = extension is "" ? ["8BITMIME"] : ["8BITMIME", extension];
        var result = await SendAsync(Mail(address));
        Assert.Equal(command is null ? SendVerdict.Rejected : SendVerdict.Accepted, result.Verdict);
        Assert.Equal(command is null ? SendScope.Recipient : SendScope.Message, result.Scope);
        Assert.Equal(command is not null, Transfer.Contains(command));
        Assert.Equal(extension is not "", Transfer.Length > 0 && Transfer[0].EndsWith(" SMTPUTF8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_of_8_bits_is_announced_and_refused_where_it_is_not_offered()
    {
        Server.Extensions = ["8BITMIME"];
        Assert.Equal(SendVerdict.Accepted, (await SendAsync(Mail(body: "مرحبا\r\n"))).Verdict);
        Assert.EndsWith("BODY=8BITMIME", Transfer[0]);
        Server.Extensions = [];
        Assert.Equal(SendVerdict.Rejected, (await SendAsync(Mail(body: "مرحبا\r\n"))).Verdict);
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
        Assert.Equal("Subject: Test\r\n\r\n" + body.Replace("\r\n.", "\r\n..").Insert(0, body[0] == '.' ? "." : ""), Assert.Single(Server.Contents));
    }

    [Fact]
    public void A_dot_is_doubled_wherever_the_blocks_end_that_the_message_goes_out_in()
    {
        for (var before = 64 * 1024 - 12; before < 64 * 1024 + 4; before++)
        {
            using var content = SmtpContent.Of(Encoding.ASCII.GetBytes(new string('x', before) + "\r\n.\r\nend\r\n"));
            Assert.EndsWith("x\r\n..\r\nend\r\n.\r\n", Encoding.ASCII.GetString(content.Bytes.Span));
        }
    }

    [Theory]
    [InlineData("https://portal.example.org/x", "portal.example.org")]
    [InlineData("https://موقع.مثال", "xn--4gbrim.xn--mgbh0fb")]
    [InlineData("http://192.0.2.1:5000", "[192.0.2.1]")]
    [InlineData("http://[2001:db8::1]", "[IPv6:2001:db8::1]")]
    public void The_portal_gives_its_public_name(string address, string name) => Assert.Equal(name, SmtpMailSender.OwnName(new(address)));
}
