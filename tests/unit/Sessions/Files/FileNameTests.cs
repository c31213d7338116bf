using Portal.Sessions.Files;

namespace Tests.Sessions.Files;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("notes.pdf", "notes.pdf")]
    [InlineData("  My   notes .PDF", "My notes.pdf")]
    [InlineData("سيرة ذاتية.docx", "سيرة ذاتية.docx")]
    [InlineData("می‌خواهم.txt", "می‌خواهم.txt")]
    [InlineData(@"C:\Users\maha\CV.docx", "CV.docx")]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("a:b*c?d\"e<f>g|h.png", "a_b_c_d_e_f_g_h.png")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("LPT1.notes.txt", "_LPT1.notes.txt")]
    [InlineData("a\r\nb\tc\0d.txt", "a b c d.txt")]
    [InlineData("invoice\u202Efdp.exe.pdf", "invoicefdp.exe.pdf")]
    [InlineData("\u2066hidden\u2069.pdf", "hidden.pdf")]
    [InlineData("\u200Fتقرير\u200E.pdf", "تقرير.pdf")]
    [InlineData("cafe\u0301.txt", "caf\u00E9.txt")]
    [InlineData("...report.pdf", "report.pdf")]
    [InlineData("archive.tar.md", "archive.tar.md")]
    public void A_name_is_made_fit_for_every_disk_and_every_line(string given, string expected) =>
        Assert.Equal(expected, FileName.Clean(given));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("noextension")]
    [InlineData(".pdf")]
    [InlineData("notes.")]
    [InlineData("folder/")]
    [InlineData("\u202E.pdf")]
    [InlineData("name.عربي")]
    public void What_has_no_name_or_no_extension_is_no_name(string? given) => Assert.Null(FileName.Clean(given));

    [Fact]
    public void A_long_name_is_cut_between_characters_and_keeps_its_extension()
    {
        var name = FileName.Clean(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 60)) + ".docx")!;
        Assert.True(name.Length <= SessionFile.MaxName);
        Assert.EndsWith("👩‍👩‍👧.docx", name);
        Assert.Equal(SessionFile.MaxName, FileName.Clean(new string('a', 500) + ".pdf")!.Length);
    }
}
