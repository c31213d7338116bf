using System.Globalization;
using System.Text;

namespace Portal.Mail.Smtp;

/// <summary>Cuts answers out of a stream. Whatever a server sends, it ends: in an answer or in an exception, and within bounds.</summary>
internal sealed class SmtpReplyReader
{
    /// <summary>The RFC says 512; servers with long greetings exist.</summary>
    public const int MostInLine = 2048;

    public const int MostLines = 100;

    private readonly byte[] _buffer = new byte[MostInLine];
    private int _start;
    private int _end;

    /// <summary>Whether more came than was asked for.</summary>
    public bool HasMore => _start < _end;

    public async ValueTask<SmtpReply> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (code, isLast, text) = Parse(await ReadLineAsync(stream, cancellationToken));
        if (isLast)
            return new(code, [text]);
        var lines = new List<string> { text };
        while (!isLast)
        {
            (var next, isLast, text) = Parse(await ReadLineAsync(stream, cancellationToken));
            if (next != code)
                throw new SmtpException("The server's answer changes its code from line to line.");
            if (lines.Count == MostLines)
                throw new SmtpException("The server's answer has too many lines.");
            lines.Add(text);
        }
        return new(code, lines);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + found);
                _start += searched + found + 1;
                return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
            }
            searched = _end - _start;
            if (_start > 0)
            {
                _buffer.AsSpan(_start, searched).CopyTo(_buffer);
                (_start, _end) = (0, searched);
            }
            if (_end == _buffer.Length)
                throw new SmtpException("A line of the server's answer is too long.");
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                throw new SmtpException("The server closed the connection.");
            _end += read;
        }
    }

    /// <summary>Three digits, then a hyphen when more lines follow, else a space or nothing.</summary>
    private static (int Code, bool IsLast, string Text) Parse(ReadOnlyMemory<byte> memory)
    {
        var line = memory.Span;
        if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2])
            || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')))
            throw new SmtpException("The server's answer is not SMTP."); // its words may be ours, a password too
        var code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        return (code, line.Length == 3 || line[3] == ' ', line.Length > 4 ? Clean(line[4..]) : "");
    }

    private static string Clean(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        return text.Any(IsOdd) ? string.Concat(text.Select(c => IsOdd(c) ? ' ' : c)) : text;
    }

    private static bool IsOdd(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
