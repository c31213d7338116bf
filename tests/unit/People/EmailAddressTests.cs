using Portal.People.Profile;
using Portal.Settings;

namespace Tests.People;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData(" nour@people.example\t", "nour@people.example")]
    [InlineData("\u200Fnour@people.example\u200E", "nour@people.example")]
    [InlineData("\u2067nour@people.example\u2069", "nour@people.example")]
    [InlineData("\u061Cnour@people.example\uFEFF", "nour@people.example")]
    [InlineData("nour\u200E@\u200Fpeople.example", "nour@people.example")]
    [InlineData("\u00A0nour@people.example\u3000", "nour@people.example")]
    [InlineData("nour@بريد.مصر", "nour@xn--ngbof4h.xn--wgbh1c")]
    [InlineData("nour@BÜCHER.example", "nour@xn--bcher-kva.example")]
    [InlineData("نور@people.example", "نور@people.example")]
    [InlineData("nour", "nour")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void What_comes_along_when_an_address_is_pasted_is_left_out(string? typed, string read) =>
        Assert.Equal(read, EmailAddress.Read(typed));

    [Theory]
    [InlineData("nour@بريد.مصر", true)]
    [InlineData("\u200Fnour@people.example", true)]
    [InlineData("نور@people.example", false)]
    [InlineData("nour@..مصر", false)]
    [InlineData("nour@\u202E", false)]
    public void The_rules_judge_the_address_that_is_meant(string typed, bool good) =>
        Assert.Equal(good, PersonRules.Email(typed) is null);

    [Fact]
    public void No_mailed_code_ends_with_a_mark_that_mail_programs_leave_out_and_each_is_read_back()
    {
        var random = new Random(1);
        for (var length = 1; length <= 64; length++)
        {
            for (var i = 0; i < 200; i++)
            {
                var bytes = new byte[length];
                random.NextBytes(bytes);
                bytes[^1] |= (byte)(i % 2 == 0 ? 0x3E : 0x3F);
                var text = MailedCode.Write(bytes);
                Assert.True(char.IsAsciiLetterOrDigit(text[^1]), text);
                Assert.Equal(bytes, MailedCode.Read(text));
            }
        }
        Assert.All(new[] { "abcd1", "a", "a b", "ab=", "ab*d" }, bad => Assert.Null(MailedCode.Read(bad)));
    }
}
