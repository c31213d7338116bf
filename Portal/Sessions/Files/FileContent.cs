using System.Text;

namespace Portal.Sessions.Files;

/// <summary>Tells what a file is by its bytes: what it is called, and what the browser says of it, is anybody's word.</summary>
public static class FileContent
{
    private const int MaxHead = 4096;

    /// <summary>A text that begins so is a page, a drawing or a program, whatever it is called.</summary>
    private static readonly string[] NoText = ["<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<?php", "#!", "{\\rtf"];

    /// <summary>Null for what may not be shared.</summary>
    /// <param name="file">Read to its end; left anywhere.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<FileKind?> KindOfAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var buffer = new byte[MaxHead];
        var head = buffer.AsMemory(0, await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));
        if (head.Length == 0)
            return null;
        if (OfMagic(head.Span) is { } known)
            return known;
        if (head.Span.StartsWith("PK\u0003\u0004"u8))
            return await ZipNames.ReadAsync(file, cancellationToken) is { } names ? OfArchive(names, head.Span) : null;
        return !BeginsAsNoText(head.Span) && await IsTextAsync(file, cancellationToken) ? FileKind.Text : null;
    }

    private static FileKind? OfMagic(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8) ? FileKind.Pdf
        : head is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] ? FileKind.Png
        : head is [0xFF, 0xD8, 0xFF, ..] ? FileKind.Jpeg
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? FileKind.Gif
        : head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8) ? FileKind.WebP : null;

    private static FileKind? OfArchive(IReadOnlyCollection<string> names, ReadOnlySpan<byte> head)
    {
        if (names.Any(IsProgram))
            return null;
        if (OfMimeType(head) is { } openDocument)
            return names.Contains("content.xml") ? openDocument : null;
        return !names.Contains("[Content_Types].xml") ? null
            : names.Contains("word/document.xml") ? FileKind.Docx
            : names.Contains("xl/workbook.xml") ? FileKind.Xlsx
            : names.Contains("ppt/presentation.xml") ? FileKind.Pptx : null;
    }

    /// <summary>Macros: of Word and its like in one file or in sheets of their own, of OpenDocument in folders.</summary>
    private static bool IsProgram(string name) => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("vbaData.xml", StringComparison.OrdinalIgnoreCase)
        || name.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase) || name.Contains("activeX/", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase);

    /// <summary>OpenDocument: the first entry, not compressed, is called mimetype and holds it.</summary>
    private static FileKind? OfMimeType(ReadOnlySpan<byte> head)
    {
        const int header = 30;
        if (head.Length < header + 8 || !head[header..].StartsWith("mimetype"u8))
            return null;
        var content = head[(header + 8 + (head[28] | head[29] << 8) is var at && at < head.Length ? at : head.Length)..];
        foreach (var kind in new[] { FileKind.Odt, FileKind.Ods, FileKind.Odp })
            if (content.StartsWith(Encoding.ASCII.GetBytes(kind.ContentType))
                && content[kind.ContentType.Length..].StartsWith("PK"u8))
                return kind;
        return null;
    }

    private static bool BeginsAsNoText(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\f');
        return NoText.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>In whatever encoding (spreadsheets save lists in that of their machine), it has no control characters.</summary>
    private static async Task<bool> IsTextAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var buffer = new byte[64 * 1024];
        while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            if (buffer.AsSpan(0, read).ContainsAnyExcept(TextBytes))
                return false;
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> TextBytes = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0x20, 0xE0).Where(b => b != 0x7F).Select(b => (byte)b), (byte)'\t', (byte)'\r', (byte)'\n', (byte)'\f']);
}
