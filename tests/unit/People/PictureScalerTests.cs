using System.Runtime.InteropServices;
using Portal.People.Profile;

namespace Tests.People;

public sealed class PictureScalerTests
{
    private const int Red = 0xFF0000, Blue = 0x0000FF, White = 0xFFFFFF;

    // A browser made it: 24 by 16, red on the left and blue on the right.
    private static readonly byte[] RedThenBlue = Convert.FromBase64String("""
        /9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        AQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFla
        AAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJY
        WVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAA
        E9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEY
        Ix8lJCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/2wBDAQoLCw4NDhwQEBw7KCIoOzs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7
        Ozv/wAARCAAQABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABQAG/8QAGBABAAMBAAAAAAAAAAAAAAAAAAVDgsH/xAAVAQEBAAAAAAAAAAAAAAAAAAAHAP/EABoRAAEFAQAA
        AAAAAAAAAAAAAAABAwY1grL/2gAMAwEAAhEDEQA/AMqNmKdcJDZinXFF7ZrXKiRIqt3PSBiSMwTH/9k=
        """);

    [Theory]
    [InlineData(1, 24, 16, Red, Blue)]
    [InlineData(2, 24, 16, Blue, Red)]
    [InlineData(3, 24, 16, Blue, Red)]
    [InlineData(4, 24, 16, Red, Blue)]
    [InlineData(5, 16, 24, Red, Blue)]
    [InlineData(6, 16, 24, Red, Blue)]
    [InlineData(7, 16, 24, Blue, Red)]
    [InlineData(8, 16, 24, Blue, Red)]
    public async Task A_picture_stands_upright_as_its_camera_said(byte orientation, int width, int height, int first, int last)
    {
        byte[] turned = [0xFF, 0xD8, .. Samples.Segment(0xE1, [.. "Exif\0\0"u8, .. Samples.Tiff(orientation)]), .. RedThenBlue.AsSpan(2)];
        var drawn = Look(await PictureScaler.RedrawAsync(PictureFile.Clean(turned).Content, default));
        Assert.Equal((width, height), (drawn.Width, drawn.Height));
        Assert.Equal((first, last), (drawn.First, drawn.Last));
    }

    [Fact]
    public async Task What_comes_out_was_made_here_and_carries_nothing_over()
    {
        var jpeg = await PictureScaler.RedrawAsync(PictureFile.Clean(RedThenBlue).Content, default);
        Assert.NotEqual(RedThenBlue, jpeg);
        Assert.Equal(PictureProblem.None, PictureFile.Clean(jpeg!).Problem);
    }

    [Fact]
    public async Task What_is_seen_through_becomes_white()
    {
        var drawn = Look(await PictureScaler.RedrawAsync(Samples.Png(colour: 6, rows: new byte[2 * 9]), default));
        Assert.Equal((2, 2, White, White), (drawn.Width, drawn.Height, drawn.First, drawn.Last));
    }

    [Theory]
    [InlineData(8000, 5000, 512, 320)]
    [InlineData(40_000, 1, 512, 1)]
    public async Task A_huge_picture_becomes_a_small_one(int width, int height, int toWidth, int toHeight)
    {
        var huge = Samples.Png(width, height, colour: 0, rows: new byte[(width + 1L) * height]);
        Assert.Equal(PictureProblem.None, PictureFile.Clean(huge).Problem);
        var drawn = Look(await PictureScaler.RedrawAsync(huge, default));
        Assert.Equal((toWidth, toHeight, 0), (drawn.Width, drawn.Height, drawn.First));
    }

    [Fact]
    public async Task What_only_looks_like_a_picture_is_none()
    {
        Assert.Equal(PictureProblem.None, PictureFile.Clean(Samples.Jpeg()).Problem);
        Assert.Null(await PictureScaler.RedrawAsync(Samples.Jpeg(), default));
        var random = new Random(4711);
        for (var i = 0; i < 2_000; i++)
        {
            var file = RedThenBlue.ToArray();
            for (var n = 0; n < 4; n++)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            if (PictureFile.Clean(file) is { Problem: PictureProblem.None, Content: var clean })
                await PictureScaler.RedrawAsync(clean, default); // may be drawn or not; does not throw
        }
    }

    /// <summary>Size, and the colours of the first and the last corner: near enough after the losses of JPEG.</summary>
    private static (int Width, int Height, int First, int Last) Look(byte[]? jpeg)
    {
        Assert.NotNull(jpeg);
        var image = gdImageCreateFromJpegPtr(jpeg.Length, jpeg);
        try
        {
            var (width, height) = (Marshal.ReadInt32(image, IntPtr.Size), Marshal.ReadInt32(image, IntPtr.Size + 4));
            return (width, height, Plain(gdImageGetTrueColorPixel(image, 0, 0)), Plain(gdImageGetTrueColorPixel(image, width - 1, height - 1)));
        }
        finally
        {
            gdImageDestroy(image);
        }
    }

    private static int Plain(int colour) => new[] { 16, 8, 0 }.Sum(shift => ((colour >> shift) & 0xFF) > 0x7F ? 0xFF << shift : 0);

    [DllImport("libgd.so.3")]
    private static extern IntPtr gdImageCreateFromJpegPtr(int size, byte[] data);

    [DllImport("libgd.so.3")]
    private static extern int gdImageGetTrueColorPixel(IntPtr image, int x, int y);

    [DllImport("libgd.so.3")]
    private static extern void gdImageDestroy(IntPtr image);
}
