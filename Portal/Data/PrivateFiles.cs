using System.Reflection;
using System.Runtime.InteropServices;

namespace Portal.Data;

/// <summary>Every file and folder that the portal makes: of its own user alone, whatever the umask of who started it.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OfFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolders = OfFiles | UnixFileMode.UserExecute;
    private const UnixFileMode OfOthers = (UnixFileMode)0x3F;

    /// <summary>Opens a file; where that makes it, nobody else can read it, not even for a moment.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share = FileShare.Read)
    {
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
            how.UnixCreateMode = OfFiles;
        return new(path, how);
    }

    /// <summary>A file for as long as it is open.</summary>
    public static FileStream Passing(string path)
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = OfFiles;
        return new(path, how);
    }

    /// <summary>Makes a folder, and those above it that are missing.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        if (!Directory.Exists(path) && Path.GetDirectoryName(Path.GetFullPath(path)) is { } above)
            Folder(above);
        Directory.CreateDirectory(path, OfFolders);
    }

    /// <summary>Takes a file or folder that somebody made wider away from others; false where that is not ours to do.</summary>
    public static bool Close(string path)
    {
        if (OperatingSystem.IsWindows() || !IsOpen(path))
            return true;
        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & OfFolders);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Others than its owner can do something with it.</summary>
    public static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != 0;

    /// <summary>
    /// The same for what libraries and the framework write (uploads that wait in the temporary folder). Only in the portal's own
    /// process: one that hosts it has files of its own.
    /// </summary>
    public static void ForThisProcess()
    {
        if (!OperatingSystem.IsWindows() && Assembly.GetEntryAssembly() == typeof(PrivateFiles).Assembly)
            umask((uint)OfOthers);
    }

    [DllImport("libc")]
    private static extern uint umask(uint mask);
}
