using Portal.People;
using Portal.People.Profile;
using Portal.Sessions;

namespace Tests.People;

public sealed class FreeTextTests
{
    [Theory]
    [InlineData("نور الهدى"), InlineData("می‌خواهم"), InlineData("क्‍ष"), InlineData("Zoë"), InlineData("7"), InlineData("C++")]
    [InlineData("👩‍💻")]
    [InlineData("السبت ١٤‏/٣"), InlineData("①"), InlineData("€"), InlineData("é"), InlineData("한국어"), InlineData("ー"), InlineData("؀١٢")]
    public void What_can_be_read_is_taken(string text)
    {
        Assert.Null(FreeText.Check(FreeText.OneLine(text), 100));
        Assert.Equal(text, FreeText.OneLine(text));
    }

    [Theory]
    [InlineData("abcdef", "abcd"), InlineData("abc😀", "abc"), InlineData("ab😀c", "ab😀"), InlineData(" a\0\nb ", "a  b"), InlineData(null, "")]
    public void What_is_searched_for_is_cut_between_characters(string? text, string query) => Assert.Equal(query, FreeText.Query(text, 4));

    [Theory]
    [InlineData("\u115F"), InlineData("\u1160"), InlineData("\u3164"), InlineData("\uFFA0\uFFA0")] // Hangul fillers
    [InlineData("\u0301"), InlineData("\u064B\u0651"), InlineData("\u20DD"), InlineData("\uFE0F")] // marks on nothing
    [InlineData("\u2800\u2800"), InlineData("\uFFFC"), InlineData("\U0001D159"), InlineData("...")] // blank, or next to
    [InlineData("\U000E0041\U000E0042"), InlineData("\uE000"), InlineData("\u180E"), InlineData("\u2064")] // tags, private, formats
    [InlineData("a\u202Eb"), InlineData("a\u202Ab"), InlineData("a\u202Cb"), InlineData("\u2066a\u2069"), InlineData("a\u2068b")]
    [InlineData("a\u206Ab"), InlineData("a\uFFF9b"), InlineData("a\U000E0061")]
    public void What_cannot_be_seen_or_turns_the_text_is_refused(string text)
    {
        Assert.NotNull(FreeText.Check(FreeText.OneLine(text), 100));
        Assert.NotNull(FreeText.Check(FreeText.Lines(text), 100));
        Assert.NotNull(PersonRules.Name(text));
        Assert.NotNull(SessionRules.Topic(text));
        Assert.NotNull(SessionRules.Topic(text, isOptional: true));
        Assert.NotNull(SessionRules.Note(text));
        Assert.NotNull(SessionRules.CancelReason(text));
        Assert.NotNull(SessionRules.DeclineReason(text));
        Assert.NotNull(SessionRules.Comment(text));
    }

    [Theory]
    [InlineData("\u200B\u200B"), InlineData("\uFEFF"), InlineData("\u200D"), InlineData("\u200E\u200F"), InlineData("\u2060\u00AD")]
    [InlineData("\u3000"), InlineData("\u0000\u0007"), InlineData("\u2028"), InlineData(" \u200B ")]
    public void Nothing_but_blanks_and_marks_is_nothing(string text)
    {
        Assert.Equal(("", ""), (FreeText.OneLine(text), FreeText.Lines(text)));
        Assert.NotNull(PersonRules.Name(text));
        Assert.NotNull(SessionRules.Topic(text));
        Assert.NotNull(SessionRules.CancelReason(text));
    }

    [Theory]
    [InlineData("\u200FNour\u200F", "Nour"), InlineData("Ali\u200B", "Ali"), InlineData("so\u00ADlo", "solo"), InlineData("a\tb", "a b")]
    [InlineData("a\u2028b", "a b"), InlineData("\u200Cمی‌خواهم\u200C", "می‌خواهم")]
    public void What_nobody_would_miss_is_left_out(string typed, string stored) => Assert.Equal(stored, FreeText.OneLine(typed));

    [Fact]
    public void Line_breaks_stay_where_a_text_has_lines() => Assert.Equal("a\nb\nc", FreeText.Lines("a\r\nb\u2028c\u0000\n"));

    [Theory]
    [InlineData("WIN 500 EUR now: https://evil.example/claim"), InlineData("www.evil.example"), InlineData("WWW.evil"), InlineData("a@b")]
    [InlineData("evil.example/claim"), InlineData("see evil.com/"), InlineData("ａ＠ｂ"), InlineData("ｗｗｗ．evil"), InlineData("موقع.شبكة/")]
    [InlineData("evil。com/x"), InlineData("hxxp://x")]
    public void A_name_that_a_mail_program_would_make_a_link_of_is_refused(string name) => Assert.NotNull(PersonRules.Name(name));

    [Theory]
    [InlineData("J.R.R. Tolkien"), InlineData("Dr. Ali / Mentor"), InlineData("Anne-Marie O’Neil"), InlineData("St.John")]
    public void Names_with_dots_are_names(string name) => Assert.Null(PersonRules.Name(name));
}
