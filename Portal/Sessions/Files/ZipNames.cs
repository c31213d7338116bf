using System.Buffers.Binary;
using System.Text;

namespace Portal.Sessions.Files;

/// <summary>
/// The names of an archive's entries, from the list at its end. Nothing is unpacked, and the list itself may not be longer than those of
/// documents are.
/// </summary>
internal static class ZipNames
{
    private const int EndRecord = 22;
    private const int EntryHeader = 46;
    private const int MaxComment = ushort.MaxValue;
    private const int MaxList = 1024 * 1024;

    /// <summary>Null for what is no archive, or not one that a program for documents writes.</summary>
    public static async Task<HashSet<string>?> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndRecord + MaxComment)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, cancellationToken);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + EndRecord > tail.Length)
            return null;
        var (count, length, start) = Ends(tail.AsSpan(end));
        // Larger archives say these numbers elsewhere: no document is one.
        if (length > MaxList || start + length > file.Length)
            return null;
        var list = new byte[(int)length];
        file.Position = start;
        await file.ReadExactlyAsync(list, cancellationToken);
        return Names(list, count);
    }

    private static (int Count, long Length, long Start) Ends(ReadOnlySpan<byte> record) => (
        BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
        BinaryPrimitives.ReadUInt32LittleEndian(record[16..]));

    private static HashSet<string>? Names(ReadOnlySpan<byte> list, int count)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            if (list.Length < EntryHeader || !list.StartsWith("PK\u0001\u0002"u8))
                return null;
            var name = BinaryPrimitives.ReadUInt16LittleEndian(list[28..]);
            var rest = name + BinaryPrimitives.ReadUInt16LittleEndian(list[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(list[32..]);
            if (list.Length < EntryHeader + rest)
                return null;
            names.Add(Encoding.UTF8.GetString(list.Slice(EntryHeader, name)).Replace('\\', '/'));
            list = list[(EntryHeader + rest)..];
        }
        // What is listed and not counted would be seen by some programs and by others not.
        return list.Length == 0 ? names : null;
    }
}
