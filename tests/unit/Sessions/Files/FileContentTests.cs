using System.IO.Compression;
using System.Text;
using Portal.Sessions.Files;

namespace Tests.Sessions.Files;

/// <summary>What a file is says its content, and nothing else.</summary>
public sealed class FileContentTests
{
    private static Task<FileKind?> KindAsync(byte[] file) => FileContent.KindOfAsync(new MemoryStream(file), default);

    internal static byte[] Zip(params string[] entries) => Zip(entries.Select(e => (e, "x", CompressionLevel.Optimal)));

    internal static byte[] OpenDocument(string type, params string[] entries) =>
        Zip(entries.Select(e => (e, "x", CompressionLevel.Optimal)).Prepend(("mimetype", type, CompressionLevel.NoCompression)));

    private static byte[] Zip(IEnumerable<(string Name, string Text, CompressionLevel Level)> entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text, level) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        return file.ToArray();
    }

    public static TheoryData<string, byte[], string?> Cases() => new()
    {
        { "a PDF", "%PDF-1.7\n1 0 obj"u8.ToArray(), ".pdf" },
        { "a PNG", [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0], ".png" },
        { "a JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], ".jpg" },
        { "a GIF", "GIF89a\u0001\0"u8.ToArray(), ".gif" },
        { "a WebP", [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBPVP8 "u8], ".webp" },
        { "a WAV", [.. "RIFF"u8, 1, 2, 3, 4, .. "WAVEfmt "u8], null },
        { "a text", "name,mark\nMaha,5\n"u8.ToArray(), ".txt" },
        { "an Arabic text", Encoding.UTF8.GetBytes("ملاحظات الجلسة\r\n\t1. السيرة"), ".txt" },
        { "a list in the encoding of an old machine", [0xE3, 0xE1, 0x2C, 0xC7, (byte)'\r', (byte)'\n'], ".txt" },
        { "a text with a mark of its encoding", [0xEF, 0xBB, 0xBF, .. "# Notes"u8], ".txt" },
        { "Markdown with an angle bracket", "a < b and <b>bold</b>"u8.ToArray(), ".txt" },
        { "a text with a zero", "abc\0def"u8.ToArray(), null },
        { "a text with an escape", "abc\u001B[31m"u8.ToArray(), null },
        { "a page", "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(), null },
        { "a page after blanks", "\uFEFF \r\n <HTML>"u8.ToArray(), null },
        { "a drawing", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), null },
        { "XML", "<?xml version='1.0'?><svg/>"u8.ToArray(), null },
        { "a script", "#!/bin/sh\nrm -rf ~"u8.ToArray(), null },
        { "rich text", "{\\rtf1 hello}"u8.ToArray(), null },
        { "a program", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0], null },
        { "an ELF", [0x7F, .. "ELF"u8, 2, 1, 1, 0], null },
        { "nothing", [], null },
        { "Word", Zip("[Content_Types].xml", "word/document.xml", "word/media/image1.png"), ".docx" },
        { "Excel", Zip("[Content_Types].xml", "xl/workbook.xml"), ".xlsx" },
        { "PowerPoint", Zip("[Content_Types].xml", "ppt/presentation.xml"), ".pptx" },
        { "Word with macros", Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), null },
        { "Word with macros in other letters", Zip("[Content_Types].xml", "word/document.xml", "word/VBAPROJECT.BIN"), null },
        { "Excel with old macros", Zip("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), null },
        { "Word with controls", Zip("[Content_Types].xml", "word/document.xml", "word/activeX/activeX1.bin"), null },
        { "binary Excel", Zip("[Content_Types].xml", "xl/workbook.bin"), null },
        { "an archive", Zip("readme.txt", "setup.exe"), null },
        { "a Java program", Zip("META-INF/MANIFEST.MF", "Main.class"), null },
        { "OpenDocument text", OpenDocument(FileKind.Odt.ContentType, "content.xml"), ".odt" },
        { "OpenDocument sheet", OpenDocument(FileKind.Ods.ContentType, "content.xml"), ".ods" },
        { "OpenDocument slides", OpenDocument(FileKind.Odp.ContentType, "content.xml"), ".odp" },
        { "OpenDocument with macros", OpenDocument(FileKind.Odt.ContentType, "content.xml", "Basic/Standard/Module1.xml"), null },
        { "OpenDocument with scripts", OpenDocument(FileKind.Odt.ContentType, "content.xml", "Scripts/python/x.py"), null },
        { "a template of OpenDocument", OpenDocument(FileKind.Odt.ContentType + "-template", "content.xml"), null },
        { "a book", OpenDocument("application/epub+zip", "content.xml"), null },
        { "half an archive", Zip("[Content_Types].xml", "word/document.xml")[..^30], null },
        { "the beginning of an archive", "PK\u0003\u0004"u8.ToArray(), null },
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task A_kind_is_told_by_its_bytes(string what, byte[] file, string? extension) =>
        Assert.Equal((what, extension), (what, (await KindAsync(file))?.Extensions[0]));

    [Fact]
    public async Task An_archive_that_counts_other_entries_than_it_lists_is_none()
    {
        var file = Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin");
        file[^12] = 2; // the number of entries that the end tells of
        Assert.Null(await KindAsync(file));
    }

    [Fact]
    public async Task A_list_of_entries_without_end_is_not_read()
    {
        var file = Zip([.. Enumerable.Range(0, 30_000).Select(i => $"word/{i:d8}.xml"), "[Content_Types].xml", "word/document.xml"]);
        Assert.Null(await KindAsync(file));
    }

    [Theory]
    [InlineData("a.jpeg", true)]
    [InlineData("a.JPG", true)]
    [InlineData("a.png", false)]
    [InlineData("jpg", false)]
    public void A_kind_has_its_names(string name, bool fits) => Assert.Equal(fits, FileKind.Jpeg.Fits(name));
}
