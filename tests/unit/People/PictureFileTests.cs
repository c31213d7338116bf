using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Portal.People.Profile;

namespace Tests.People;

public sealed class PictureFileTests
{
    [Fact]
    public void A_clean_picture_stays_as_it_is()
    {
        Assert.Equal(Samples.Png(), PictureFile.Clean(Samples.Png()).Content);
        Assert.Equal(Samples.Jpeg(), PictureFile.Clean(Samples.Jpeg()).Content);
    }

    [Fact]
    public void Whatever_does_not_draw_the_picture_is_left_out()
    {
        var jpeg = Samples.Jpeg(more: [.. Samples.Segment(0xE1, [.. "Exif\0\0"u8, .. Samples.Tiff(1), .. "GPS secret"u8]),
            .. Samples.Segment(0xFE, "a secret comment"u8), .. Samples.Segment(0xED, "Photoshop secret"u8), .. Samples.Segment(0xE2, "ICC_PROFILE secret"u8)]);
        var png = Samples.Png(more: [.. Samples.Chunk("tEXt", "Author\0secret"u8), .. Samples.Chunk("eXIf", "secret"u8), .. Samples.Chunk("zzZz", "secret"u8)]);
        foreach (var file in new[] { jpeg, png, [.. jpeg, .. "<script>secret"u8], [.. png, .. "PK secret"u8] })
        {
            var (problem, content, _) = PictureFile.Clean(file);
            Assert.Equal(PictureProblem.None, problem);
            Assert.DoesNotContain("secret", Encoding.Latin1.GetString(content));
        }
        Assert.Equal(Samples.Jpeg(), PictureFile.Clean(jpeg).Content);
        Assert.Equal(Samples.Png(), PictureFile.Clean(png).Content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Which_side_is_up_is_kept_and_nothing_else_of_it(bool bigEndian)
    {
        var turned = Samples.Jpeg(more: Samples.Segment(0xE1, [.. "Exif\0\0"u8, .. Samples.Tiff(6, bigEndian), .. "secret"u8]));
        var content = PictureFile.Clean(turned).Content;
        Assert.Equal(Samples.Jpeg().Length + 36, content.Length);
        Assert.Equal(6, content[0x1F]);
        Assert.Equal(content, PictureFile.Clean(content).Content); // and it is a picture that we take again
    }

    [Fact]
    public void Too_many_bytes_or_pixels_are_refused_before_anything_is_unpacked()
    {
        Assert.Equal(PictureProblem.TooLarge, PictureFile.Clean(new byte[PictureFile.MostBytes + 1]).Problem);
        Assert.Equal(PictureProblem.TooManyPixels, PictureFile.Clean(Samples.Jpeg(width: 8000, height: 5001)).Problem);
        Assert.Equal(PictureProblem.TooManyPixels, PictureFile.Clean(Samples.Png(width: 8000, height: 5001)).Problem);
        Assert.Equal(PictureProblem.TooManyPixels, PictureFile.Clean(Samples.Png(width: int.MaxValue, height: int.MaxValue)).Problem);
    }

    [Fact]
    public void A_small_file_that_would_become_a_huge_one_is_broken()
    {
        var bomb = Samples.Png(rows: new byte[50_000_000]);
        Assert.True(bomb.Length < 200_000);
        Assert.Equal(PictureProblem.Broken, PictureFile.Clean(bomb).Problem);
    }

    [Fact]
    public void Other_kinds_of_files_are_no_pictures()
    {
        foreach (var file in new byte[][] { [], [0xFF], "GIF89a"u8.ToArray(), "<svg onload='alert(1)'/>"u8.ToArray(), "RIFF....WEBP"u8.ToArray(), "%PDF-1.7"u8.ToArray() })
            Assert.Equal(PictureProblem.NotAPicture, PictureFile.Clean(file).Problem);
    }

    [Fact]
    public void No_cut_and_no_changed_byte_makes_an_error_of_ours()
    {
        foreach (var whole in new[] { Samples.Png(), Samples.Jpeg(more: Samples.Segment(0xE1, [.. "Exif\0\0"u8, .. Samples.Tiff(6)])) })
        {
            for (var length = 0; length < whole.Length; length++)
                Assert.NotEqual(PictureProblem.None, PictureFile.Clean(whole[..length]).Problem);
            var random = new Random(4711);
            for (var i = 0; i < 20_000; i++)
            {
                var file = whole.ToArray();
                for (var n = 0; n < 3; n++)
                    file[random.Next(file.Length)] = (byte)random.Next(256);
                PictureFile.Clean(file); // may be taken or not; does not throw
            }
        }
    }

    [Theory]
    [InlineData("PLTE is missing", 3, 8, 0)]
    [InlineData("a depth that no such picture has", 2, 4, 0)]
    [InlineData("an interlacing that does not exist", 2, 8, 2)]
    public void A_header_that_makes_no_sense_is_broken(string why, byte colour, byte depth, byte interlace) =>
        Assert.True(PictureProblem.Broken == PictureFile.Clean(Samples.Png(colour: colour, depth: depth, interlace: interlace)).Problem, why);

    [Fact]
    public void An_interlaced_picture_is_one() =>
        Assert.Equal(PictureProblem.None, PictureFile.Clean(Samples.Png(width: 3, height: 3, interlace: 1, rows: new byte[33])).Problem);
}

/// <summary>The smallest pictures there are, made by hand.</summary>
internal static class Samples
{
    public static byte[] Png(
        int width = 2, int height = 2, byte colour = 2, byte depth = 8, byte interlace = 0, byte[]? rows = null, byte[]? more = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colour, interlace);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(rows ?? new byte[2 * 7]);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. more ?? [], .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] Chunk(string name, ReadOnlySpan<byte> body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        byte[] inner = [.. Encoding.ASCII.GetBytes(name), .. body];
        var sum = uint.MaxValue;
        foreach (var b in inner)
        {
            sum ^= b;
            for (var i = 0; i < 8; i++)
                sum = (sum & 1) != 0 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
        }
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, ~sum);
        return [.. length, .. inner, .. crc];
    }

    public static byte[] Jpeg(int width = 8, int height = 8, byte[]? more = null) =>
    [
        0xFF, 0xD8, .. more ?? [], .. Segment(0xDB, new byte[65]),
        .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xC4, new byte[18]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9,
    ];

    public static byte[] Segment(byte marker, ReadOnlySpan<byte> body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    public static byte[] Tiff(byte orientation, bool bigEndian = true) => bigEndian
        ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 0x01, 0x0F, 0, 2, 0, 0, 0, 1, (byte)'x', 0, 0, 0, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
        : [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
}
