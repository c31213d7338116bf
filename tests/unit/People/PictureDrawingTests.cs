using System.Text;
using Portal.People.Profile;
using SkiaSharp;

namespace Tests.People;

/// <summary>What is taken as a picture, and what is made of it. The pixels are looked at.</summary>
public sealed class PictureDrawingTests
{
    private const int Red = 0xFF0000, Blue = 0x0000FF, White = 0xFFFFFF;

    [Theory]
    [InlineData(1, 24, 16, Red, Blue)]
    [InlineData(2, 24, 16, Blue, Red)]
    [InlineData(3, 24, 16, Blue, Red)]
    [InlineData(4, 24, 16, Red, Blue)]
    [InlineData(5, 16, 24, Red, Blue)]
    [InlineData(6, 16, 24, Red, Blue)]
    [InlineData(7, 16, 24, Blue, Red)]
    [InlineData(8, 16, 24, Blue, Red)]
    public void A_picture_stands_upright_as_its_camera_said(byte orientation, int width, int height, int first, int last)
    {
        foreach (var bigEndian in new[] { true, false })
        {
            var drawn = Look([0xFF, 0xD8, .. Samples.Segment(0xE1, [.. "Exif\0\0"u8, .. Samples.Tiff(orientation, bigEndian)]),
                .. Samples.Jpeg().AsSpan(2)]);
            Assert.Equal((width, height), (drawn.Width, drawn.Height));
            Assert.Equal((first, last), (drawn.First, drawn.Last));
        }
    }

    [Fact]
    public void Whatever_does_not_draw_the_picture_stays_behind()
    {
        var secret = Samples.Chunk("tEXt", "Author\0secret"u8);
        byte[] jpeg = [0xFF, 0xD8, .. Samples.Segment(0xE1, [.. "Exif\0\0"u8, .. Samples.Tiff(1), .. "GPS secret"u8]),
            .. Samples.Segment(0xFE, "a secret comment"u8), .. Samples.Segment(0xED, "Photoshop secret"u8), .. Samples.Jpeg().AsSpan(2)];
        var png = Samples.Png(more: [.. secret, .. Samples.Chunk("eXIf", "secret"u8), .. Samples.Chunk("zzZz", "secret"u8)]);
        foreach (var file in new[] { jpeg, png, [.. jpeg, .. "<script>secret"u8], [.. png, .. "PK secret"u8] })
        {
            var (problem, drawn) = PictureDrawing.Draw(file);
            Assert.Equal(PictureProblem.None, problem);
            Assert.Equal([0xFF, 0xD8, 0xFF], drawn[..3]);
            Assert.DoesNotContain("secret", Encoding.Latin1.GetString(drawn));
        }
    }

    [Fact]
    public void What_is_seen_through_becomes_white()
    {
        foreach (var file in new[] { Samples.Png(colour: 6, rows: new byte[2 * 9]), Samples.WebP(2, 2, SKColors.Transparent) })
            Assert.Equal((2, 2, White, White), Look(file));
    }

    [Fact]
    public void A_WebP_is_a_picture_as_well()
    {
        Assert.Equal((512, 384, Blue, Blue), Look(Samples.WebP(4000, 3000, SKColors.Blue)));
        Assert.Equal((3, 2, Red, Red), Look(Samples.WebP(3, 2, SKColors.Red)));
    }

    [Theory]
    [InlineData(8000, 5000, 512, 320)]
    [InlineData(40_000, 1, 512, 1)]
    public void A_huge_picture_becomes_a_small_one(int width, int height, int toWidth, int toHeight)
    {
        var drawn = Look(Samples.Png(width, height, colour: 0, rows: new byte[(width + 1L) * height]));
        Assert.Equal((toWidth, toHeight, 0), (drawn.Width, drawn.Height, drawn.First));
    }

    [Fact]
    public void A_photographs_edges_stay_sharp_when_it_is_decoded_smaller()
    {
        using var photograph = new SKBitmap(1700, 1700);
        photograph.Erase(SKColors.Blue);
        using (var canvas = new SKCanvas(photograph))
            canvas.DrawRect(0, 0, 850, 1700, new SKPaint { Color = SKColors.Red });
        using var drawn = SKBitmap.Decode(PictureDrawing.Draw(photograph.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray()).Jpeg);

        Assert.Equal((512, 512), (drawn.Width, drawn.Height));
        Assert.Equal((Red, Blue), (Plain(drawn.GetPixel(253, 256)), Plain(drawn.GetPixel(258, 256))));
    }

    [Fact]
    public void Too_many_bytes_or_pixels_are_refused_before_anything_is_unpacked()
    {
        Assert.Equal(PictureProblem.TooLarge, Problem(new byte[PictureFile.MaxBytes + 1]));
        Assert.Equal(PictureProblem.TooManyPixels, Problem(Samples.Jpeg(width: 8000, height: 5001)));
        Assert.Equal(PictureProblem.TooManyPixels, Problem(Samples.Png(width: 8000, height: 5001)));
        Assert.Equal(PictureProblem.TooManyPixels, Problem(Samples.Png(width: 900_000, height: 900_000)));
        Assert.Equal(PictureProblem.Broken, Problem(Samples.Png(width: int.MaxValue, height: int.MaxValue)));
    }

    [Fact]
    public void Other_kinds_of_files_are_no_pictures()
    {
        byte[][] files =
        [
            [], [0xFF], "<svg onload='alert(1)'/>"u8.ToArray(), "%PDF-1.7"u8.ToArray(),
            Convert.FromHexString("47494638396101000100800000FFFFFF00000021F90400000000002C00000000010001000002024401003B"), // a whole GIF
            // BMP
            Convert.FromHexString("424D3A0000000000000036000000280000000100000001000000010018000000000004000000130B0000130B00000000000000000000FF000000"),
        ];
        Assert.All(files, file => Assert.Equal(PictureProblem.NotAPicture, Problem(file)));
    }

    [Theory]
    [InlineData("a palette that is missing", 3, 8, 0)]
    [InlineData("a depth that no such picture has", 2, 4, 0)]
    [InlineData("an interlacing that does not exist", 2, 8, 2)]
    [InlineData("too few rows", 2, 8, 0, 7)]
    public void A_picture_that_makes_no_sense_is_broken(string why, byte colour, byte depth, byte interlace, int rows = 14) =>
        Assert.True(PictureProblem.Broken == Problem(Samples.Png(colour: colour, depth: depth, interlace: interlace, rows: new byte[rows])),
            why);

    [Fact]
    public void An_interlaced_picture_is_one() =>
        Assert.Equal(PictureProblem.None, Problem(Samples.Png(width: 3, height: 3, interlace: 1, rows: new byte[33])));

    [Fact]
    public void A_picture_that_is_cut_off_is_none()
    {
        foreach (var kind in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var whole = Noise(kind);
            Assert.Equal(PictureProblem.None, Problem(whole));
            foreach (var length in Enumerable.Range(0, 20).Select(i => whole.Length * i / 20))
                Assert.NotEqual(PictureProblem.None, Problem(whole[..length]));
        }
    }

    [Fact]
    public void No_changed_byte_makes_an_error_of_ours()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        foreach (var whole in new[] { Samples.Jpeg(), Samples.Png(), Samples.WebP(40, 30, SKColors.Red) })
            for (var i = 0; i < 2_000; i++)
            {
                var file = whole.ToArray();
                for (var n = 0; n < 4; n++)
                    file[random.Next(file.Length)] = (byte)random.Next(256);
                var failure = Record.Exception(() => PictureDrawing.Draw(file)); // may be drawn or not
                Assert.True(failure is null, $"seed {seed}, round {i}: {failure}");
            }
    }

    /// <summary>Its rows fill the whole file.</summary>
    private static byte[] Noise(SKEncodedImageFormat kind)
    {
        var random = new Random(4711);
        using var bitmap = new SKBitmap(200, 100);
        for (var i = 0; i < 20_000; i++)
            bitmap.SetPixel(i % 200, i / 200, new SKColor((uint)random.Next() | 0xFF000000));
        return bitmap.Encode(kind, 90).ToArray();
    }

    private static PictureProblem Problem(byte[] file) => PictureDrawing.Draw(file).Problem;

    /// <summary>Size, and the colours of the first and the last corner: near enough after the losses of JPEG.</summary>
    private static (int Width, int Height, int First, int Last) Look(byte[] file)
    {
        var (problem, jpeg) = PictureDrawing.Draw(file);
        Assert.Equal(PictureProblem.None, problem);
        using var drawn = SKBitmap.Decode(jpeg);
        return (drawn.Width, drawn.Height, Plain(drawn.GetPixel(0, 0)), Plain(drawn.GetPixel(drawn.Width - 1, drawn.Height - 1)));
    }

    private static int Plain(SKColor colour) => Bright(colour.Red, 16) | Bright(colour.Green, 8) | Bright(colour.Blue, 0);

    private static int Bright(byte part, int shift) => part > 0x7F ? 0xFF << shift : 0;
}
