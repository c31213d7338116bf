using System.Buffers.Binary;

namespace Portal.People.Profile;

/// <summary>What can be said of a picture's bytes without decoding them: the portal itself does nothing more with them.</summary>
public static class PictureFile
{
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Read so far, to say what is wrong with a file that is too large.</summary>
    public const int MaxRequest = 30_000_000;
    public const long MaxPixels = 40_000_000;

    /// <summary>A JPEG that is built up in steps is kept whole in memory meanwhile.</summary>
    public const long MaxProgressivePixels = 12_000_000;

    /// <summary>Cameras and programs write about ten; each costs a walk over the whole picture, however few bytes it has.</summary>
    public const int MaxScans = 100;

    public static PictureProblem Judge(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxBytes)
            return PictureProblem.TooLarge;
        if (!IsJpeg(file))
            return IsPngOrWebP(file) ? PictureProblem.None : PictureProblem.NotAPicture;
        var shape = JpegShape.Read(file);
        return shape.Pixels > MaxPixels ? PictureProblem.TooManyPixels
            : shape.Components > 3 || shape.Scans > MaxScans || shape.IsProgressive && shape.Pixels > MaxProgressivePixels
                ? PictureProblem.TooElaborate : PictureProblem.None;
    }

    private static bool IsJpeg(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    private static bool IsPngOrWebP(ReadOnlySpan<byte> file) => file
        is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..];
}

/// <summary>A JPEG by its markers.</summary>
internal readonly record struct JpegShape(bool IsProgressive, int Components, long Pixels, int Scans)
{
    private const byte EndOfImage = 0xD9, StartOfScan = 0xDA;

    /// <summary>As far as it makes sense; what comes after makes no picture.</summary>
    public static JpegShape Read(ReadOnlySpan<byte> file)
    {
        var shape = new JpegShape();
        for (var at = 2; NextMarker(file, ref at) is var marker and not EndOfImage;)
        {
            if (at + 2 > file.Length || BinaryPrimitives.ReadUInt16BigEndian(file[at..]) is var length && length < 2)
                break;
            var segment = file.Slice(at, Math.Min(length, file.Length - at));
            if (IsFrame(marker) && segment.Length >= 8)
                shape = shape with
                {
                    IsProgressive = shape.IsProgressive || (marker & 3) == 2,
                    Components = Math.Max(shape.Components, segment[7]),
                    Pixels = Math.Max(shape.Pixels,
                        (long)BinaryPrimitives.ReadUInt16BigEndian(segment[3..]) * BinaryPrimitives.ReadUInt16BigEndian(segment[5..])),
                };
            if (marker == StartOfScan)
                shape = shape with { Scans = shape.Scans + 1 };
            at += length;
        }
        return shape;
    }

    /// <summary>All kinds of frames but for what has their numbers and is none.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Behind the next marker that has a segment; bytes of a scan, restarts and filling are passed over.</summary>
    private static byte NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length && file[at..].IndexOf((byte)0xFF) is var ahead and >= 0)
        {
            at += ahead;
            while (at < file.Length && file[at] == 0xFF)
                at++;
            if (at < file.Length && file[at++] is var marker && marker is not (0 or 1 or >= 0xD0 and <= 0xD8))
                return marker;
        }
        return EndOfImage;
    }
}
