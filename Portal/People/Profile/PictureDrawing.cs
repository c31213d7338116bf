using SkiaSharp;

namespace Portal.People.Profile;

/// <summary>
/// Draws a picture anew, upright and small: place, camera, comments and whatever else the file holds stay behind. Bytes in and
/// bytes out, by native code that strangers' bytes may lead astray: it runs in a process of its own (<see cref="PictureChild"/>).
/// </summary>
public static class PictureDrawing
{
    public const int MaxSide = 512;

    private const int Quality = 85;

    /// <summary>A JPEG, or what is wrong.</summary>
    public static (PictureProblem Problem, byte[] Jpeg) Draw(byte[] file)
    {
        // The library knows other kinds, too: what is not taken does not come before it.
        if (PictureFile.Judge(file) is var problem and not PictureProblem.None)
            return (problem, []);
        using var codec = SKCodec.Create(new SKMemoryStream(file));
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp))
            return (PictureProblem.Broken, []);
        if ((long)codec.Info.Width * codec.Info.Height > PictureFile.MaxPixels)
            return (PictureProblem.TooManyPixels, []);
        using var picture = Decode(codec);
        return picture is null ? (PictureProblem.Broken, []) : (PictureProblem.None, Draw(picture, codec));
    }

    /// <summary>Null unless every row of it was there and right.</summary>
    private static SKBitmap? Decode(SKCodec codec)
    {
        // JPEG and WebP can be decoded smaller. Twice what is needed at least, or the picture would be soft.
        var size = codec.GetScaledDimensions(Math.Min(1, 2f * MaxSide / Math.Max(codec.Info.Width, codec.Info.Height)));
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul,
            SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    private static byte[] Draw(SKBitmap picture, SKCodec codec)
    {
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var scale = Math.Min(1, (float)MaxSide / Math.Max(width, height));
        (width, height) = ((int)Math.Max(1, MathF.Round(width * scale)), (int)Math.Max(1, MathF.Round(height * scale)));
        var (upright, toWidth, toHeight) = Upright(codec.EncodedOrigin, width, height);

        using var surface = SKSurface.Create(new SKImageInfo(toWidth, toHeight, SKColorType.Rgba8888, SKAlphaType.Opaque,
            SKColorSpace.CreateSrgb()));
        // What is seen through becomes white: a JPEG cannot be seen through.
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Concat(upright);
        picture.SetImmutable(); // otherwise the image would be a copy
        using var image = SKImage.FromBitmap(picture);
        surface.Canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }

    /// <summary>Cameras lay the sensor's rows down as they come and say how to turn them: the turn, and the size after it.</summary>
    private static (SKMatrix Turn, int Width, int Height) Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => (Matrix(-1, 0, width, 0, 1, 0), width, height),
        SKEncodedOrigin.BottomRight => (Matrix(-1, 0, width, 0, -1, height), width, height),
        SKEncodedOrigin.BottomLeft => (Matrix(1, 0, 0, 0, -1, height), width, height),
        SKEncodedOrigin.LeftTop => (Matrix(0, 1, 0, 1, 0, 0), height, width),
        SKEncodedOrigin.RightTop => (Matrix(0, -1, height, 1, 0, 0), height, width),
        SKEncodedOrigin.RightBottom => (Matrix(0, -1, height, -1, 0, width), height, width),
        SKEncodedOrigin.LeftBottom => (Matrix(0, 1, 0, -1, 0, width), height, width),
        _ => (SKMatrix.Identity, width, height),
    };

    private static SKMatrix Matrix(float scaleX, float skewX, float moveX, float skewY, float scaleY, float moveY) =>
        new(scaleX, skewX, moveX, skewY, scaleY, moveY, 0, 0, 1);
}
