using System.Text.RegularExpressions;
using Portal.Data;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>What the portal writes is its own user's alone.</summary>
public sealed partial class FileTests
{
    [Fact]
    public void One_place_makes_all_files_and_folders() => Assert.Empty(
        from folder in new[] { "Portal", "Plugins", "Providers" }
        from file in Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            && Path.GetFileName(file) != "PrivateFiles.cs"
        from line in File.ReadLines(file)
        where Makes().IsMatch(line)
        select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}");

    [Fact]
    public void Whatever_the_umask_they_are_closed_to_others()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TempFolder();
        PrivateFiles.Folder(folder["a/b"]);
        using (PrivateFiles.Open(folder["a/b/file"], FileMode.CreateNew, FileAccess.Write))
            Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(folder["a/b/file"]));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(folder["a/b"]));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(folder["a"]));

        File.SetUnixFileMode(folder["a/b/file"], (UnixFileMode)0b111_101_101);
        Assert.True(PrivateFiles.IsOpen(folder["a/b/file"]));
        Assert.True(PrivateFiles.Close(folder["a/b/file"]));
        Assert.False(PrivateFiles.IsOpen(folder["a/b/file"]));
    }

    [GeneratedRegex(@"\b(File\.(Write|Append|Create|Open\(|OpenWrite)|new FileStream\(|Directory\.CreateDirectory|new StreamWriter\((?!PrivateFiles))")]
    private static partial Regex Makes();
}
