using System.Diagnostics;
using Portal.Mail.Delivery;
using static Tests.Mail.Smtp.ScriptedServer;

namespace Tests.Mail.Smtp;

/// <summary>What becomes of a mail, whatever a server does.</summary>
public sealed class SmtpSessionTests : SmtpTestBase
{
    private static readonly string[] Two = ["a@example.org", "b@example.org"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mail_is_handed_over_and_the_session_goes_on(bool pipelining)
    {
        Server.Extensions = pipelining ? ["PIPELINING", "SIZE 1000"] : [];
        var session = await OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            var result = await session.SendAsync(Mail(Two), CancellationToken.None);
            Assert.Equal((SendVerdict.Accepted, SendScope.Message, SendStage.Content, 250, "2.0.0", "Taken as 1A2B"),
                (result.Verdict, result.Scope, result.Stage, result.Code, result.EnhancedCode, result.Text));
            Assert.All(result.Recipients, r => Assert.Equal(SendVerdict.Accepted, r.Verdict));
        }
        await session.DisposeAsync();
        Assert.Equal("EHLO portal.test", Server.Commands.First());
        Assert.Equal("QUIT", Server.Commands.Last());
        Assert.Equal([$"MAIL FROM:<no-reply@majlis.example>{(pipelining ? " SIZE=24" : "")}", "RCPT TO:<a@example.org>",
            "RCPT TO:<b@example.org>", "DATA"], Transfer[..4]);
        Assert.Equal(["Subject: Test\r\n\r\nHello\r\n", "Subject: Test\r\n\r\nHello\r\n", "Subject: Test\r\n\r\nHello\r\n"],
            Server.Contents);
        Assert.Equal(1, Server.Connections);
    }

    [Theory]
    // Where, what the server says, and what that means: verdict, scope, stage, code, whether the session goes on.
    [InlineData("greeting", "554 5.3.2 Go away", "NotAttempted Connection Greeting 554", false)]
    [InlineData("greeting", "421 Too busy", "NotAttempted Connection Greeting 421", false)]
    [InlineData("greeting", Drop, "NotAttempted Connection Greeting ", false)]
    [InlineData("EHLO", Drop, "NotAttempted Connection Greeting ", false)]
    [InlineData("MAIL", "451 4.7.1 Greylisted", "Deferred Message Sender 451", true)]
    [InlineData("MAIL", "550 5.7.1 Not you", "Rejected Message Sender 550", true)]
    [InlineData("MAIL", "530 5.7.0 Sign in first", "Deferred Auth Sender 530", true)]
    [InlineData("MAIL", "421 4.3.2 Closing", "Deferred Connection Sender 421", false)]
    [InlineData("MAIL", "354 What", "Deferred Connection Sender ", false)]
    [InlineData("MAIL", Drop, "Deferred Connection Sender ", false)]
    [InlineData("RCPT", "450 4.2.1 Later", "Deferred Recipient Recipient 450", true)]
    [InlineData("RCPT", "550 5.1.1 Nobody", "Rejected Recipient Recipient 550", true)]
    [InlineData("RCPT", "421 4.3.2 Closing", "Deferred Connection Recipient 421", false)]
    [InlineData("RCPT", Drop, "Deferred Connection Recipient ", false)]
    [InlineData("DATA", "451 4.3.0 Later", "Deferred Message Content 451", true)]
    [InlineData("DATA", "554 5.7.1 No", "Rejected Message Content 554", true)]
    [InlineData("DATA", "421 Closing", "Deferred Connection Content 421", false)]
    [InlineData("DATA", "250 Fine", "Deferred Connection Content ", false)]
    [InlineData("DATA", Drop, "Deferred Connection Content ", false)]
    [InlineData(".", "451 4.3.0 Later", "Deferred Message Content 451", true)]
    [InlineData(".", "554 5.7.1 Spam", "Rejected Message Content 554", true)]
    [InlineData(".", "421 4.3.2 Closing", "Deferred Connection Content 421", false)]
    [InlineData(".", "hello", "InDoubt Connection Content ", false)]
    [InlineData(".", "354 More", "InDoubt Connection Content ", false)]
    [InlineData(".", "251 2.1.5 Taken, in a way", "Accepted Message Content 251", true)]
    [InlineData(".", Drop, "InDoubt Connection Content ", false)]
    public async Task Every_answer_at_every_stage_means_one_thing(string at, string answer, string meaning, bool goesOn)
    {
        foreach (var pipelining in new[] { true, false })
        {
            Server.Extensions = pipelining ? ["PIPELINING"] : [];
            Server.Answers[at] = answer;
            var session = await OpenAsync();
            var result = await session.SendAsync(Mail(Two), CancellationToken.None);
            Assert.Equal(meaning, $"{result.Verdict} {result.Scope} {result.Stage} {result.Code}");
            Assert.All(result.Recipients, r =>
                Assert.Equal((result.Verdict, result.Code, result.EnhancedCode), (r.Verdict, r.Code, r.EnhancedCode)));
            Assert.Equal(2, result.Recipients.Count);
            Assert.NotEqual("", result.Text);
            Assert.Equal(goesOn, session.SessionUsable);
            if (answer[0] is >= '2' and <= '5' && result.Code is not null)
                Assert.Equal(answer[4..], $"{result.EnhancedCode} {result.Text}".Trim());

            Server.Answers.Clear();
            var next = await session.SendAsync(Mail(), CancellationToken.None);
            Assert.Equal(goesOn ? SendVerdict.Accepted : SendVerdict.NotAttempted, next.Verdict);
        }
    }

    [Theory]
    [InlineData("greeting", "NotAttempted Connection Greeting")]
    [InlineData("EHLO", "NotAttempted Connection Greeting")]
    [InlineData("MAIL", "Deferred Connection Sender")]
    [InlineData("RCPT", "Deferred Connection Recipient")]
    [InlineData("DATA", "Deferred Connection Content")]
    [InlineData(".", "InDoubt Connection Content")]
    public async Task A_silent_server_is_left_after_the_time_limit(string at, string meaning)
    {
        // Only what is waited for in vain is short: the rest may take its time on a busy machine.
        var limit = TimeSpan.FromSeconds(1.5);
        Limits = at == "." ? new() { Accept = limit } : new() { Reply = limit };
        Server.Answers[at] = Silence;
        var time = Stopwatch.StartNew();
        var session = await OpenAsync();
        var result = await session.SendAsync(Mail(), CancellationToken.None);
        Assert.Equal(meaning, $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Contains("within 1.5 seconds", result.Text);
        Assert.False(session.SessionUsable);
        Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("MAIL", "Deferred Connection Sender")]
    [InlineData(".", "InDoubt Connection Content")]
    public async Task A_server_that_says_a_byte_now_and_then_gains_no_time(string at, string meaning)
    {
        var limit = TimeSpan.FromSeconds(1.5);
        Limits = at == "." ? new() { Accept = limit } : new() { Reply = limit };
        Server.Answers[at] = "250 " + new string('x', 300);
        var session = await OpenAsync();
        (Server.ByteByByte, Server.ByteDelay) = (true, TimeSpan.FromMilliseconds(at == "." ? 50 : 100));
        var time = Stopwatch.StartNew();
        var result = await session.SendAsync(Mail(), CancellationToken.None);
        Assert.Equal(meaning, $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Contains("within 1.5 seconds", result.Text);
        Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(14));
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task Whoever_gives_up_waiting_is_let_go_at_once(string at)
    {
        Server.Answers[at] = Silence;
        var session = await OpenAsync();
        using var stop = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendAsync(Mail(), stop.Token));
        Assert.False(session.SessionUsable);
    }

    [Fact]
    public async Task Opening_can_be_given_up()
    {
        Server.Answers["greeting"] = Silence;
        using var stop = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OpenAsync(stop.Token));
    }

    [Fact]
    public async Task A_mail_that_was_handed_over_when_the_portal_stops_is_in_doubt_and_not_forgotten()
    {
        Limits = Limits with { AcceptWhenStopping = TimeSpan.FromMilliseconds(100) };
        Server.Answers["."] = Silence;
        using var stop = new CancellationTokenSource();
        var sending = (await OpenAsync()).SendAsync(Mail(), stop.Token);
        await UntilAsync(() => !Server.Contents.IsEmpty);
        await stop.CancelAsync();
        var result = await sending;
        Assert.Equal(SendVerdict.InDoubt, result.Verdict);
        Assert.Contains("portal stopped", result.Text);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var patience = 3000; !isSo(); patience--)
        {
            Assert.True(patience > 0);
            await Task.Delay(10);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Recipients_are_judged_one_by_one(bool pipelining)
    {
        Server.Extensions = pipelining ? ["PIPELINING"] : [];
        Server.Answers["RCPT TO:<b@"] = "550 5.1.1 Nobody of this name";
        Server.Answers["RCPT TO:<c@"] = "450 4.2.1 Later";
        var result = await SendAsync(Mail(["a@example.org", "b@example.org", "c@example.org", "no address"]));
        Assert.Equal(SendVerdict.Accepted, result.Verdict);
        Assert.Equal(["Accepted 250 2.0.0", "Rejected 550 5.1.1", "Deferred 450 4.2.1", "Rejected  "],
            result.Recipients.Select(r => $"{r.Verdict} {r.Code} {r.EnhancedCode}"));
        Assert.Equal("Nobody of this name", result.Recipients[1].Text);
        Assert.Single(Server.Contents);
    }

    [Theory]
    [InlineData(true, "DATA", "451 Later")]
    [InlineData(false, "DATA", "451 Later")]
    [InlineData(true, ".", Drop)]
    [InlineData(false, ".", Drop)]
    public async Task Whoever_was_refused_stays_refused_whatever_becomes_of_the_others(bool pipelining, string at, string answer)
    {
        Server.Extensions = pipelining ? ["PIPELINING"] : [];
        Server.Answers["RCPT TO:<b@"] = "550 5.1.1 Nobody";
        Server.Answers[at] = answer;
        var result = await SendAsync(Mail(Two));
        Assert.Equal([result.Verdict, SendVerdict.Rejected], result.Recipients.Select(r => r.Verdict));
        Assert.Equal(at == "." ? SendVerdict.InDoubt : SendVerdict.Deferred, result.Verdict);
    }

    [Theory]
    [InlineData("502 What")]
    [InlineData("451 Later")]
    public async Task A_server_that_knows_no_EHLO_is_spoken_to_without_extensions(string answer)
    {
        Server.Answers["EHLO"] = answer;
        Assert.Equal(SendVerdict.Accepted, (await SendAsync()).Verdict);
        Assert.Equal(["EHLO portal.test", "HELO portal.test", "MAIL FROM:<no-reply@majlis.example>"], Server.Commands.Take(3));

        Server.Answers["HELO"] = "504 5.5.1 Nor that";
        var result = await SendAsync();
        Assert.Equal("NotAttempted Connection Greeting 504", $"{result.Verdict} {result.Scope} {result.Stage} {result.Code}");
    }

    [Fact]
    public async Task A_recipient_who_is_named_twice_is_answered_twice()
    {
        Server.Answers["RCPT TO:<b@"] = "550 5.1.1 Nobody";
        var result = await SendAsync(Mail(["a@example.org", "b@example.org", "B@example.org", "a@example.org"]));
        Assert.Equal(["Accepted 250", "Rejected 550", "Rejected 550", "Accepted 250"],
            result.Recipients.Select(r => $"{r.Verdict} {r.Code}"));
    }

    [Fact]
    public async Task Whoever_has_to_sign_in_for_a_recipient_waits_with_the_mail()
    {
        Server.Answers["RCPT"] = "530 5.7.0 Sign in first";
        var result = await SendAsync();
        Assert.Equal("Deferred Auth Recipient 530 5.7.0",
            $"{result.Verdict} {result.Scope} {result.Stage} {result.Code} {result.EnhancedCode}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_refusal_the_server_is_told_to_forget_the_mail(bool pipelining)
    {
        Server.Extensions = pipelining ? ["PIPELINING"] : [];
        Server.Answers["RCPT"] = "550 5.1.1 Nobody";
        Server.Answers["DATA"] = "503 Nobody to get it";
        Assert.Equal(550, (await SendAsync()).Code);
        Assert.Equal("RSET", Transfer[^1]);
    }

    [Fact]
    public async Task A_server_that_will_not_forget_is_left()
    {
        Server.Answers["MAIL"] = "550 No";
        Server.Answers["RSET"] = "421 Bye";
        Server.Extensions = [];
        var session = await OpenAsync();
        Assert.Equal(SendVerdict.Rejected, (await session.SendAsync(Mail(), CancellationToken.None)).Verdict);
        Assert.False(session.SessionUsable);
    }

    [Fact]
    public async Task A_connection_that_is_lost_before_the_end_was_sent_is_no_doubt()
    {
        Server.Extensions = ["PIPELINING"];
        Server.DropsAfterBytes = 1000;
        var body = string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 400_000)); // more than any buffer holds
        var result = await SendAsync(Mail(body: body));
        Assert.Equal("Deferred Connection Content", $"{result.Verdict} {result.Scope} {result.Stage}");
    }

    [Fact]
    public async Task A_server_that_speaks_byte_by_byte_is_understood()
    {
        Server.ByteByByte = true;
        Server.Answers["greeting"] = "220-Welcome\r\n220-to this\r\n220 server";
        Assert.Equal(SendVerdict.Accepted, (await SendAsync()).Verdict);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("")]
    [InlineData("25")]
    [InlineData("250_ok")]
    [InlineData("999 ok")]
    [InlineData("\u00ff\u00fe\0\0")]
    [InlineData("250-one\r\n251 two")]
    [InlineData("250-one\r\n\r\n250 two")]
    public async Task What_is_not_SMTP_is_an_error(string answer)
    {
        Server.Answers["MAIL"] = answer;
        var result = await SendAsync();
        Assert.Equal("Deferred Connection Sender ", $"{result.Verdict} {result.Scope} {result.Stage} {result.Code}");
    }

    [Fact]
    public async Task Answers_without_end_are_an_error()
    {
        Server.Answers["MAIL"] = "250 " + new string('x', 100_000);
        Assert.Contains("too long", (await SendAsync()).Text);
        Server.Answers["MAIL"] = string.Join("\r\n", Enumerable.Repeat("250-more", 100_000));
        Assert.Contains("too long", (await SendAsync()).Text);
    }

    [Fact]
    public async Task A_refusal_of_many_lines_is_told_whole_and_without_control_characters()
    {
        Server.Answers["MAIL"] = "550-5.7.1 First\u001b[31m\r\n550-5.7.1 second\r\n550 5.7.1 third";
        var result = await SendAsync();
        Assert.Equal((550, "5.7.1", "First [31m second third"), (result.Code, result.EnhancedCode, result.Text));
    }

    [Fact]
    public async Task Nobody_there_is_told_as_such()
    {
        Options.Port = Server.Port;
        await Server.DisposeAsync();
        var result = await SendAsync();
        Assert.Equal("NotAttempted Connection Connect", $"{result.Verdict} {result.Scope} {result.Stage}");
        Assert.Equal(SendVerdict.NotAttempted, Assert.Single(result.Recipients).Verdict);
    }
}
