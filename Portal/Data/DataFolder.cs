
namespace Portal.Data;

/// <summary>The folder of what this portal keeps on disk: its keys, the embedded database, the mail pickup folder.</summary>
public sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public DataFolder(IConfiguration configuration)
    {
        var set = configuration.GetSection(DataOptions.Section)[nameof(DataOptions.Folder)];
        Path = System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(set) ? Default() : set);
        Create(Path);
    }

    public string Path { get; }

    /// <summary>A folder inside, made when it is not there yet; only the portal's own user can read it.</summary>
    public string Subfolder(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Create(path);
        return path;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    // Not below root's home: the embedded database runs as a user of its own, which cannot enter there.
    private static string Default()
    {
        if (Environment.IsPrivilegedProcess)
            return "/var/lib/majlis";
        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state)
            return System.IO.Path.Combine(state, "majlis");
        if (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home)
            return System.IO.Path.Combine(home, ".local", "state", "majlis");
        throw new StartupException("There is no home folder to keep data in: set Data:Folder.");
    }

    /// <summary>Makes a folder that only its owner can read.</summary>
    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {path} cannot be made: give its parent to this user, or set Data:Folder.", e);
        }
    }
}
