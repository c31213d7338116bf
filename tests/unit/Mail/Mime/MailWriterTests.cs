using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Portal.Mail.Dkim;
using Portal.Mail.Mime;

namespace Tests.Mail.Mime;

public sealed class MailWriterTests
{
    internal static readonly MailWriter Writer = new(new MailSigner(Options.Create(new DkimOptions())));

    internal static readonly MailMessage Sample = new()
    {
        MessageId = "0198a2f40000700080000000000000ab@portal.example",
        Date = new(2026, 11, 24, 18, 5, 9, TimeSpan.FromHours(2)),
        FromName = "Majlis",
        FromAddress = "no-reply@majlis.example",
        ToName = "Mina",
        ToAddress = "mina@example.org",
        Subject = "Session confirmed",
        Language = "en",
        Text = "Hello,\n.\nfirst line\n",
        Html = "<p>Hello</p>\n",
    };

    public static TheoryData<string> Names => new(
        "Mina", "O'Neil, Mina", "Mina \"the boss\" O'Neil", "back\\slash", "a <b@c.example>",
        "طالب بن عبد الله العلي المعروف بأبي الحسن الخوارزمي الكوفي البغدادي", "Zoë 🧕🏽👨‍👩‍👧", "日本語の長い名前がここにありますよろしくお願いします、もっともっと長く",
        new string('x', 300), new string('é', 300), "");

    [PythonTheory, MemberData(nameof(Names))]
    public async Task Names_and_subjects_come_out_of_another_parser_as_they_went_in(string name)
    {
        var parsed = await ParseAsync(Sample with { ToName = name, FromName = name, Subject = name });
        Assert.Equal(name, parsed.ToName);
        Assert.Equal("mina@example.org", parsed.ToAddress);
        Assert.Equal(1, parsed.Recipients);
        Assert.Equal(name, parsed.FromName);
        Assert.Equal("no-reply@majlis.example", parsed.FromAddress);
        Assert.Equal(name, parsed.Subject);
        Assert.Empty(parsed.Defects);
    }

    [PythonTheory]
    [InlineData("Mina\r\nBcc: all@example.org", "Mina Bcc: all@example.org")]
    [InlineData("Mina\nX: y\r", "Mina X: y")]
    [InlineData("Mina\0\t O'Neil", "Mina O'Neil")]
    [InlineData("\u202Egro.elpmaxe@live\u202C Mina", "gro.elpmaxe@live Mina")]
    [InlineData("=?utf-8?B?4oCuZXZpbA==?=", "= ?utf-8?B?4oCuZXZpbA== ?=")] // "evil" from right to left, were it decoded
    [InlineData("=\u202E?utf-8?Q?=41?=", "= ?utf-8?Q?=41?=")]
    [InlineData("\u2067علي\u2069\u2028Bcc: x", "علي Bcc: x")]
    public async Task A_hostile_name_loses_what_could_break_or_turn_the_line(string name, string expected)
    {
        var parsed = await ParseAsync(Sample with { ToName = name, Subject = name });
        Assert.Equal(expected, parsed.ToName);
        Assert.Equal(expected, parsed.Subject);
        Assert.Equal(9, parsed.Headers);
        Assert.Equal(1, parsed.Recipients);
        Assert.Empty(parsed.Defects);
    }

    [PythonFact]
    public async Task Both_parts_arrive_whole_with_the_text_first()
    {
        var arabic = "مرحبًا طالب،\n\nhttps://portal.example/join/AbC\n" + new string('س', 2000);
        var parsed = await ParseAsync(Sample with { Text = arabic, Html = $"<p dir=\"rtl\">{arabic}</p>", Language = "ar" });
        Assert.Equal(["text/plain", "text/html"], parsed.Types);
        Assert.Equal(arabic.ReplaceLineEndings("\r\n"), parsed.Bodies[0]);
        Assert.Equal($"<p dir=\"rtl\">{arabic}</p>".ReplaceLineEndings("\r\n"), parsed.Bodies[1]);
        Assert.Equal("ar", parsed.Language);
        Assert.Equal("auto-generated", parsed.AutoSubmitted);
        Assert.Equal("2026-11-24T16:05:09+00:00", parsed.Date);
        Assert.Equal($"<{Sample.MessageId}>", parsed.MessageId.Trim());
        Assert.Empty(parsed.Defects);
    }

    [PythonTheory]
    [InlineData("https://portal.example/mail/off?code=Q2ZE-8", "help@majlis.example")]
    [InlineData(null, null)]
    public async Task A_mail_that_can_be_turned_off_says_how_and_answers_go_where_they_should(string? unsubscribe, string? replyTo)
    {
        var parsed = await ParseAsync(Sample with { UnsubscribeUrl = unsubscribe is null ? null : new(unsubscribe), ReplyTo = replyTo });
        Assert.Equal(unsubscribe is null ? "None" : $"<{unsubscribe}>", parsed.Unsubscribe.Trim());
        Assert.Equal(unsubscribe is null ? "None" : "List-Unsubscribe=One-Click", parsed.UnsubscribePost);
        Assert.Equal(replyTo is null ? "None" : $"Majlis <{replyTo}>", parsed.ReplyTo);
        Assert.Empty(parsed.Defects);
    }

    [Fact]
    public void Where_answers_go_cannot_be_a_second_address() =>
        Assert.Throws<MimeException>(() => Writer.Write(Sample with { ReplyTo = "a@example.org, b@example.org" }));

    [Fact]
    public void Lines_are_short_end_in_crlf_and_no_word_is_split_inside_a_character()
    {
        var bytes = Writer.Write(Sample with { Subject = string.Concat(Enumerable.Repeat("مجلس🧕🏽", 60)), ToName = new string('م', 100) });
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Equal(text.Count(c => c == '\n'), text.Split("\r\n").Length - 1);
        // The first line of a long subject is longer by the header's name.
        Assert.All(text.Split("\r\n"), line => Assert.True(line.Length <= 90, line));
        var words = System.Text.RegularExpressions.Regex.Matches(text, @"=\?utf-8\?[Bb]\?([^?]*)\?=");
        Assert.NotEmpty(words);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        Assert.All(words, w =>
        {
            Assert.True(w.Length <= 76, w.Value); // MimeKit counts one more than RFC 2047
            strict.GetString(Convert.FromBase64String(w.Groups[1].Value));
        });
    }

    [Theory]
    [InlineData("mina@example.org\r\nBcc: all@example.org")]
    [InlineData("mina@example.org, other@example.org")]
    [InlineData("<mina@example.org>")]
    [InlineData("mina@@example.org")]
    [InlineData("mina example@example.org")]
    [InlineData("mina\u202E@example.org")]
    [InlineData("\"a b\"@example.org")]
    [InlineData("@example.org")]
    [InlineData("mina@")]
    [InlineData("mina")]
    [InlineData("")]
    public void An_address_that_could_be_read_as_something_else_is_refused(string address) =>
        Assert.Throws<MimeException>(() => Writer.Write(Sample with { ToAddress = address }));

    [Theory]
    [InlineData("talib@موقع.مثال", "talib@xn--4gbrim.xn--mgbh0fb", true)]
    [InlineData("talib@MÜNCHEN.example", "talib@xn--mnchen-3ya.example", true)]
    [InlineData("a@mail.Bücher.example", "a@mail.xn--bcher-kva.example", true)]
    [InlineData("a@bücher。example", "a@xn--bcher-kva.example", true)] // another writing's full stop
    [InlineData("Talib+x@Example.ORG", "Talib+x@Example.ORG", true)]
    [InlineData("a@under_score.example", "a@under_score.example", true)]
    [InlineData("طالب@موقع.مثال", "طالب@xn--4gbrim.xn--mgbh0fb", false)] // needs SMTPUTF8
    public void A_domain_is_written_in_letters_that_every_server_knows(string address, string written, bool ascii)
    {
        Assert.Equal(written, HeaderText.Address(address));
        var bytes = Writer.Write(Sample with { ToAddress = address, FromAddress = address, ReplyTo = address });
        Assert.Equal(3, Encoding.UTF8.GetString(bytes).Split($" <{written}>\r\n").Length - 1);
        Assert.Equal(ascii, Ascii.IsValid(bytes));
    }

    [Theory]
    [InlineData("a@موقع..مثال")]
    [InlineData("a@.موقع")]
    [InlineData("a@ب_ج.example")]
    [InlineData("a@bücher\uFF0Cx@y.example")]
    [InlineData("a@bücher\uFE64x\uFE65.example")] // small signs that become < and >
    [InlineData("a@bü\uFF20b.example")] // a wide @
    public void A_domain_that_cannot_be_is_refused(string address) =>
        Assert.Throws<MimeException>(() => HeaderText.Address(address));

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("word ")]
    public void A_head_has_no_line_that_is_too_long(string of)
    {
        var text = string.Concat(Enumerable.Repeat(of, 5000));
        try
        {
            var bytes = Writer.Write(Sample with { Subject = text, ToName = text });
            Assert.All(Encoding.UTF8.GetString(bytes).Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 998));
        }
        catch (MimeException)
        {
            Assert.Equal("x", of); // what cannot be folded is not sent
        }
    }

    [Fact]
    public void The_same_message_gives_the_same_bytes() => Assert.Equal(Writer.Write(Sample), Writer.Write(Sample with { }));

    [Fact]
    public void Nothing_in_it_names_the_machine() =>
        Assert.DoesNotContain(Environment.MachineName, Encoding.ASCII.GetString(Writer.Write(Sample)), StringComparison.OrdinalIgnoreCase);

    private sealed record Parsed(
        string ToName, string ToAddress, int Recipients, string FromName, string FromAddress, string Subject, string Date, string MessageId,
        string Language, string AutoSubmitted, string Unsubscribe, string UnsubscribePost, string ReplyTo, int Headers, string[] Types,
            string[] Bodies, string[] Defects);

    private static async Task<Parsed> ParseAsync(MailMessage message)
    {
        const string script = """
            import sys, json, email, email.policy, email.utils
            from email.header import decode_header, make_header
            raw = sys.stdin.buffer.read()
            m = email.message_from_bytes(raw, policy=email.policy.default)
            # The new policy leaves spaces between the words of a long display name in Python before 3.13; the old one does not.
            old = email.message_from_bytes(raw, policy=email.policy.compat32)
            def mailbox(header):
                (name, address), = email.utils.getaddresses([old[header]])
                assert [a.addr_spec for a in m[header].addresses] == [address]
                return str(make_header(decode_header(name.replace("\r\n", "")))), address
            parts = list(m.walk())
            defects = [repr(d) for p in parts for d in p.defects] + [repr(d) for k in m.keys() for d in m[k].defects]
            leaves = [p for p in parts if not p.is_multipart()]
            json.dump({
              "ToName": mailbox("To")[0], "ToAddress": mailbox("To")[1], "Recipients": len(m["To"].addresses),
              "FromName": mailbox("From")[0], "FromAddress": mailbox("From")[1],
              "Subject": str(m["Subject"]), "Date": m["Date"].datetime.isoformat(), "MessageId": str(m["Message-ID"]),
              "Language": str(m["Content-Language"]), "AutoSubmitted": str(m["Auto-Submitted"]), "Headers": len(m.keys()),
              "Unsubscribe": str(m["List-Unsubscribe"]), "UnsubscribePost": str(m["List-Unsubscribe-Post"]), "ReplyTo": str(m["Reply-To"]),
              "Types": [p.get_content_type() for p in leaves],
              "Bodies": [p.get_payload(decode=True).decode("utf-8") for p in leaves], "Defects": defects}, sys.stdout)
            """;
        using var python = Process.Start(new ProcessStartInfo(Python.Path, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = python.StandardError.ReadToEndAsync();
        await python.StandardInput.BaseStream.WriteAsync(Writer.Write(message));
        python.StandardInput.Close();
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<Parsed>(output)!;
    }
}

internal static class Python
{
    public const string Path = "/usr/bin/python3";

    public static string? Missing => File.Exists(Path) ? null : $"Needs {Path}, whose mail parser was not written by us.";
}

public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Python.Missing;
}

public sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute() => Skip = Python.Missing;
}
