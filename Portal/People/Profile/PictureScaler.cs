using System.Reflection;
using System.Runtime.InteropServices;

namespace Portal.People.Profile;

/// <summary>
/// Draws a picture anew, upright and small, so that what is kept and served was made here. By GD, the C library that
/// distributions carry: no .NET library that decodes pictures could be restored where this was built, and one that can
/// be had would take this file's place.
/// </summary>
public static class PictureScaler
{
    public const int LongestSide = 512;

    private const string Gd = "gd";
    private const int Quality = 85;

    // Forty million pixels are 160 MB while they are drawn: one at a time.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    // By default GD tells the console what is wrong with somebody's file.
    private static readonly ErrorMethod Silent = (_, _, _) => { };

    static PictureScaler() => NativeLibrary.SetDllImportResolver(typeof(PictureScaler).Assembly, Find);

    private delegate void ErrorMethod(int priority, IntPtr format, IntPtr arguments);

    /// <summary>A JPEG; null when the picture cannot be read.</summary>
    /// <param name="picture">As <see cref="PictureFile.Clean"/> left it.</param>
    /// <param name="cancellationToken">Ends the wait for one's turn.</param>
    /// <exception cref="DllNotFoundException">GD is not installed.</exception>
    public static async Task<byte[]?> RedrawAsync(byte[] picture, CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Redraw(picture), cancellationToken);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static byte[]? Redraw(byte[] picture)
    {
        gdSetErrorMethod(Silent);
        using var read = new Image(picture is [0xFF, ..] ? gdImageCreateFromJpegPtr(picture.Length, picture) : gdImageCreateFromPngPtr(picture.Length, picture));
        if (read.IsNone)
            return null;
        var scale = Math.Min(1, (double)LongestSide / Math.Max(read.Width, read.Height));
        var (width, height) = ((int)Math.Max(1, read.Width * scale), (int)Math.Max(1, read.Height * scale));
        using var small = new Image(gdImageCreateTrueColor(width, height));
        // What is seen through becomes white: a JPEG cannot be seen through.
        gdImageFilledRectangle(small.Handle, 0, 0, width, height, 0xFFFFFF);
        gdImageCopyResampled(small.Handle, read.Handle, 0, 0, 0, 0, width, height, read.Width, read.Height);

        var (quarters, mirrored) = PictureFile.TurnsOf(picture);
        using var upright = new Image(quarters == 0 ? IntPtr.Zero : gdImageRotateInterpolated(small.Handle, 90f * quarters, 0xFFFFFF));
        var drawn = upright.IsNone ? small : upright;
        if (mirrored)
            gdImageFlipHorizontal(drawn.Handle);
        return Jpeg(drawn);
    }

    private static byte[]? Jpeg(Image image)
    {
        var bytes = gdImageJpegPtr(image.Handle, out var length, Quality);
        if (bytes == IntPtr.Zero)
            return null;
        var jpeg = new byte[length];
        Marshal.Copy(bytes, jpeg, 0, length);
        gdFree(bytes);
        return jpeg;
    }

    private static IntPtr Find(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Gd)
            return IntPtr.Zero;
        foreach (var file in new[] { "libgd.so.3", "libgd.3.dylib", "libgd.dll" })
        {
            if (NativeLibrary.TryLoad(file, assembly, path, out var handle))
                return handle;
        }
        return IntPtr.Zero;
    }

    [DllImport(Gd)]
    private static extern void gdSetErrorMethod(ErrorMethod method);

    [DllImport(Gd)]
    private static extern IntPtr gdImageCreateFromJpegPtr(int size, byte[] data);

    [DllImport(Gd)]
    private static extern IntPtr gdImageCreateFromPngPtr(int size, byte[] data);

    [DllImport(Gd)]
    private static extern IntPtr gdImageCreateTrueColor(int width, int height);

    [DllImport(Gd)]
    private static extern void gdImageFilledRectangle(IntPtr image, int x1, int y1, int x2, int y2, int colour);

    [DllImport(Gd)]
    private static extern void gdImageCopyResampled(
        IntPtr to, IntPtr from, int toX, int toY, int fromX, int fromY, int toWidth, int toHeight, int fromWidth, int fromHeight);

    [DllImport(Gd)]
    private static extern IntPtr gdImageRotateInterpolated(IntPtr image, float angle, int background);

    [DllImport(Gd)]
    private static extern void gdImageFlipHorizontal(IntPtr image);

    [DllImport(Gd)]
    private static extern IntPtr gdImageJpegPtr(IntPtr image, out int size, int quality);

    [DllImport(Gd)]
    private static extern void gdImageDestroy(IntPtr image);

    [DllImport(Gd)]
    private static extern void gdFree(IntPtr memory);

    /// <summary>GD's own structure begins with a pointer to the rows, the width and the height.</summary>
    private sealed class Image(IntPtr handle) : IDisposable
    {
        public IntPtr Handle => handle;

        public bool IsNone => handle == IntPtr.Zero;

        public int Width => Marshal.ReadInt32(handle, IntPtr.Size);

        public int Height => Marshal.ReadInt32(handle, IntPtr.Size + sizeof(int));

        public void Dispose()
        {
            if (!IsNone)
                gdImageDestroy(handle);
        }
    }
}
