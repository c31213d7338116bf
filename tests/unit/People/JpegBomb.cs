using System.Buffers.Binary;
using Tests.People;

namespace Tests.People;

/// <summary>
/// A grey progressive JPEG whose scans say nothing but that they are empty: some fifty bytes each, and for each of them a decoder
/// walks over the whole picture.
/// </summary>
internal static class JpegBomb
{
    public static byte[] Make(int side, int scans, byte components = 1)
    {
        var frame = new byte[6 + 3 * components];
        frame[0] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)side);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)side);
        frame[5] = components;
        for (byte c = 0; c < components; c++)
            (frame[6 + 3 * c], frame[7 + 3 * c]) = ((byte)(c + 1), 0x11);
        var blocks = (side + 7) / 8 * ((side + 7) / 8);
        var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        file.Write(Samples.Segment(0xDB, [0, .. Enumerable.Repeat((byte)16, 64)]));
        file.Write(Samples.Segment(0xC2, frame));
        // One code each, of one bit: no difference; and a run of empty blocks whose length has fourteen more bits.
        file.Write(Samples.Segment(0xC4, [0x00, 1, .. new byte[15], 0x00, 0x10, 1, .. new byte[15], 0xE0]));
        file.Write(Samples.Segment(0xDA, [1, 1, 0x00, 0, 0, 0x00]));
        file.Write(new byte[(blocks + 7) / 8]);
        byte[] scan = [.. Samples.Segment(0xDA, [1, 1, 0x00, 1, 63, 0x00]), .. Empty(blocks)];
        for (var i = 0; i < scans; i++)
            file.Write(scan);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static byte[] Empty(int blocks)
    {
        var bits = new List<bool>();
        for (var left = blocks; left > 0;)
        {
            // From 16384 on; a last run that reaches beyond the picture is cut off there.
            var run = Math.Clamp(left, 16384, 32767);
            bits.Add(false);
            for (var bit = 13; bit >= 0; bit--)
                bits.Add(((run - 16384) >> bit & 1) == 1);
            left -= run;
        }
        var bytes = new List<byte>();
        foreach (var eight in bits.Chunk(8))
        {
            var value = (byte)eight.Concat(Enumerable.Repeat(true, 8 - eight.Length)).Aggregate(0, (sum, bit) => sum << 1 | (bit ? 1 : 0));
            bytes.Add(value);
            if (value == 0xFF)
                bytes.Add(0);
        }
        return [.. bytes];
    }
}
