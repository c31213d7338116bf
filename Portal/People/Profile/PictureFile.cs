using System.Buffers.Binary;
using System.IO.Compression;

namespace Portal.People.Profile;

public enum PictureProblem
{
    None,
    TooLarge,
    TooManyPixels,

    /// <summary>Neither JPEG nor PNG.</summary>
    NotAPicture,

    /// <summary>It begins like one and then is not.</summary>
    Broken,
}

/// <summary>
/// Takes a JPEG or PNG apart and puts together again only what draws it: place, camera, comments, thumbnails, colour
/// profiles and whatever hangs on behind the picture stay out. Nothing is decoded here, so nothing can be made to swell; only
/// what is whole and not too large comes before the library that decodes it (<see cref="PictureScaler"/>).
/// </summary>
public static class PictureFile
{
    public const int MostBytes = 5 * 1024 * 1024;
    public const long MostPixels = 40_000_000;

    private static readonly uint[] CrcTable = MakeCrcTable();

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The clean picture and its type, or what is wrong.</summary>
    public static (PictureProblem Problem, byte[] Content, string ContentType) Clean(byte[] file)
    {
        if (file.Length > MostBytes)
            return (PictureProblem.TooLarge, [], "");
        try
        {
            if (file.AsSpan().StartsWith(PngSignature))
                return (PictureProblem.None, Png(file), "image/png");
            if (file is [0xFF, 0xD8, 0xFF, ..])
                return (PictureProblem.None, Jpeg(file), "image/jpeg");
            return (PictureProblem.NotAPicture, [], "");
        }
        catch (TooManyPixelsException)
        {
            return (PictureProblem.TooManyPixels, [], "");
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return (PictureProblem.Broken, [], "");
        }
    }

    private static byte[] Jpeg(ReadOnlySpan<byte> file)
    {
        var clean = new MemoryStream(file.Length);
        clean.Write([0xFF, 0xD8]);
        var (at, frames, scans, turned) = (2, 0, 0, (byte)1);
        while (true)
        {
            Demand(file[at] == 0xFF);
            var marker = file[at + 1];
            if (marker == 0xFF) // padding
            {
                at++;
                continue;
            }
            if (marker == 0xD9)
            {
                Demand(scans > 0);
                clean.Write([0xFF, 0xD9]);
                return WithOrientation(clean.ToArray(), turned); // what follows the end is no picture
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            Demand(length >= 2);
            var body = file.Slice(at + 4, length - 2);
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2: // the frame: baseline, extended, progressive
                    Demand(++frames == 1 && body is [8, _, _, _, _, 1 or 3 or 4, ..] && body.Length == 6 + 3 * body[5]);
                    Judge(BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]));
                    Keep(clean, file.Slice(at, 2 + length));
                    break;
                case 0xC4 or 0xDB or 0xDD: // tables, restarts
                    Keep(clean, file.Slice(at, 2 + length));
                    break;
                case 0xEE when body.Length == 12 && body.StartsWith("Adobe"u8): // which colours these are
                    Keep(clean, file.Slice(at, 2 + length));
                    break;
                case 0xE1 when body.StartsWith("Exif\0\0"u8):
                    turned = Orientation(body[6..]);
                    break;
                case 0xDA:
                    Demand(frames == 1 && body.Length >= 6);
                    scans++;
                    var end = EndOfScan(file, at + 2 + length);
                    Keep(clean, file[at..end]);
                    at = end;
                    continue;
                default: // applications' own, comments; anything else is no JPEG that browsers show
                    Demand(marker is >= 0xE0 and <= 0xEF or 0xFE);
                    break;
            }
            at += 2 + length;
        }
    }

    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (true)
        {
            var next = file[at..].IndexOf((byte)0xFF);
            Demand(next >= 0);
            at += next;
            if (file[at + 1] is not (0 or >= 0xD0 and <= 0xD7))
                return at;
            at += 2;
        }
    }

    /// <summary>Phones lay the sensor's rows down as they come and say how to turn them; 1 for upright.</summary>
    private static byte Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14)
            return 1;
        var little = tiff.StartsWith("II*\0"u8);
        if (!little && !tiff.StartsWith("MM\0*"u8))
            return 1;
        int U16(ReadOnlySpan<byte> b) => little ? BinaryPrimitives.ReadUInt16LittleEndian(b) : BinaryPrimitives.ReadUInt16BigEndian(b);
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return 1;
        var entries = tiff[((int)directory + 2)..];
        for (var left = U16(tiff[(int)directory..]); left > 0 && entries.Length >= 12; left--, entries = entries[12..])
        {
            if (U16(entries) == 0x0112 && U16(entries[8..]) is >= 1 and <= 8 and var turned)
                return (byte)turned;
        }
        return 1;
    }

    /// <summary>That one fact, in a block of our own making.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte turned) => turned == 1 ? jpeg :
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0, .. jpeg.AsSpan(2),
    ];

    /// <summary>How a clean picture is to be turned to stand upright: quarters against the clock, and then perhaps mirrored.</summary>
    public static (int Quarters, bool Mirrored) TurnsOf(byte[] clean) => (clean is [0xFF, 0xD8, 0xFF, 0xE1, 0, 34, ..] ? clean[0x1F] : 1) switch
    {
        2 => (0, true),
        3 => (2, false),
        4 => (2, true),
        5 => (3, true),
        6 => (3, false),
        7 => (1, true),
        8 => (1, false),
        _ => (0, false),
    };

    private static byte[] Png(ReadOnlySpan<byte> file)
    {
        var clean = new MemoryStream(file.Length);
        clean.Write(PngSignature);
        var data = new MemoryStream();
        var (at, afterData, palette) = (PngSignature.Length, false, false);
        ReadOnlySpan<byte> header = default;
        while (true)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            Demand(length <= file.Length);
            var chunk = file.Slice(at, 12 + (int)length);
            var name = chunk.Slice(4, 4);
            var body = chunk.Slice(8, (int)length);
            Demand(Crc32(chunk.Slice(4, 4 + (int)length)) == BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]));
            Demand(header.IsEmpty == name.SequenceEqual("IHDR"u8)); // first, and once
            if (name.SequenceEqual("IHDR"u8))
            {
                header = Header(body);
                Keep(clean, chunk);
            }
            else if (name.SequenceEqual("IDAT"u8))
            {
                Demand(!afterData && (palette || header[9] != 3));
                data.Write(body);
                Keep(clean, chunk);
            }
            else if (name.SequenceEqual("IEND"u8))
            {
                Demand(data.Length > 0 && length == 0);
                Demand(Inflated(data, SizeOf(header)));
                Keep(clean, chunk);
                return clean.ToArray();
            }
            else
            {
                afterData |= data.Length > 0;
                if (name.SequenceEqual("PLTE"u8))
                {
                    Demand(!palette && data.Length == 0 && length is > 0 and <= 768 && length % 3 == 0);
                    palette = true;
                    Keep(clean, chunk);
                }
                else if (name.SequenceEqual("tRNS"u8))
                {
                    Demand(data.Length == 0 && length is > 0 and <= 256);
                    Keep(clean, chunk);
                }
                else
                {
                    Demand((name[0] & 0x20) != 0); // only what may be left out is left out
                }
            }
            at += chunk.Length;
        }
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> body)
    {
        Demand(body.Length == 13 && body[10] == 0 && body[11] == 0 && body[12] <= 1);
        Demand((body[9], body[8]) is (0 or 3, 1 or 2 or 4 or 8) or (0, 16) or (2 or 4 or 6, 8 or 16));
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
        Demand(width <= int.MaxValue && height <= int.MaxValue);
        Judge(width, height);
        return body;
    }

    /// <summary>Bytes of all rows, each with its filter; interlaced pictures have seven smaller ones.</summary>
    private static long SizeOf(ReadOnlySpan<byte> header)
    {
        long width = BinaryPrimitives.ReadUInt32BigEndian(header), height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var bits = header[8] * header[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        long Rows(long wide, long high) => wide == 0 || high == 0 ? 0 : high * (1 + (wide * bits + 7) / 8);
        if (header[12] == 0)
            return Rows(width, height);
        (int X, int Y, int StepX, int StepY)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        return passes.Sum(p => Rows((width - p.X + p.StepX - 1) / p.StepX, (height - p.Y + p.StepY - 1) / p.StepY));
    }

    /// <summary>Whether it unpacks to just so much: read piece by piece, so that a small file that would become a huge one costs nothing.</summary>
    private static bool Inflated(MemoryStream data, long expected)
    {
        data.Position = 0;
        using var rows = new ZLibStream(data, CompressionMode.Decompress);
        var piece = new byte[81920];
        long total = 0;
        for (int read; total <= expected && (read = rows.Read(piece)) > 0;)
            total += read;
        return total == expected;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
            sum = (sum >> 8) ^ CrcTable[(byte)sum ^ b];
        return ~sum;
    }

    private static uint[] MakeCrcTable() => [.. Enumerable.Range(0, 256).Select(i =>
        Enumerable.Range(0, 8).Aggregate((uint)i, (c, _) => (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    private static void Keep(MemoryStream clean, ReadOnlySpan<byte> part) => clean.Write(part);

    private static void Judge(long width, long height)
    {
        Demand(width > 0 && height > 0);
        if (width * height > MostPixels)
            throw new TooManyPixelsException();
    }

    private static void Demand(bool holds)
    {
        if (!holds)
            throw new InvalidDataException();
    }

    private sealed class TooManyPixelsException : Exception;
}
