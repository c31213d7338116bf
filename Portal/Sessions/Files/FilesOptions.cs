using System.ComponentModel.DataAnnotations;

namespace Portal.Sessions.Files;

/// <summary>What the people of a session may share with each other.</summary>
public sealed class FilesOptions
{
    public const string Section = "Files";
    private const int Megabyte = 1024 * 1024;

    /// <summary>Of one file. 0: nobody shares files here.</summary>
    [Range(0, 100)]
    public int MaxMegabytes { get; set; } = 20;

    [Range(1, 200)]
    public int MaxPerSession { get; set; } = 20;

    /// <summary>Of all files of a session together.</summary>
    [Range(1, 10_000)]
    public int MaxMegabytesPerSession { get; set; } = 100;

    internal long MaxBytes => (long)MaxMegabytes * Megabyte;
    internal long MaxBytesPerSession => (long)MaxMegabytesPerSession * Megabyte;

    /// <summary>What is read so far, to say in words what is wrong with a file that is a little too large.</summary>
    internal long MaxRequest => MaxBytes + 10 * Megabyte;
}
