using System.Runtime.InteropServices;

namespace Portal.People.Profile;

/// <summary>
/// This program as nothing but a decoder: a picture comes in, a byte (<see cref="PictureProblem"/>) and a picture go out. It has no
/// settings, no database and no secret; who started it has set its limits.
/// </summary>
public static class PictureChild
{
    /// <summary>The whole command line; not for people.</summary>
    public const string Word = "draw-picture";

    private const uint Nobody = 65534;
    private const int NoNewPrivileges = 38;

    private static readonly byte[] Dot = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static int Run()
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            // All that is needed is loaded first: nobody may read where the program lies.
            PictureDrawing.Draw(Dot);
            if (!BecomeNobody())
                return 1;
        }
        using var input = Console.OpenStandardInput();
        var file = new MemoryStream();
        input.CopyTo(file);
        var (problem, jpeg) = PictureDrawing.Draw(file.ToArray());
        using var output = Console.OpenStandardOutput();
        output.WriteByte((byte)problem);
        output.Write(jpeg);
        return 0;
    }

    private static bool BecomeNobody() =>
        setgroups(0, 0) == 0 && setgid(Nobody) == 0 && setuid(Nobody) == 0 && prctl(NoNewPrivileges, 1, 0, 0, 0) == 0;

    [DllImport("libc")]
    private static extern int setgroups(nint count, nint groups);

    [DllImport("libc")]
    private static extern int setgid(uint group);

    [DllImport("libc")]
    private static extern int setuid(uint user);

    [DllImport("libc")]
    private static extern int prctl(int option, nuint a, nuint b, nuint c, nuint d);
}
