namespace Portal.Data;

/// <summary>The folder of what this portal keeps on disk: its keys, the embedded database, the mail pickup folder.</summary>
public sealed class DataFolder
{
    public DataFolder(IConfiguration configuration, IHostEnvironment environment)
    {
        var set = configuration.GetSection(DataOptions.Section)[nameof(DataOptions.Folder)];
        Path = System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(set) ? Default(environment.IsDevelopment() ? "majlis-demo" : "majlis") : set);
        Create(Path);
    }

    public string Path { get; }

    /// <summary>A folder inside, made when it is not there yet; only the portal's own user can read it.</summary>
    public string Subfolder(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Create(path);
        PrivateFiles.Close(path);
        return path;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    // Demo people have a folder of their own, so that their password opens nothing else.
    // Not below root's home: the embedded database runs as a user of its own, which cannot enter there.
    private static string Default(string name)
    {
        if (Environment.IsPrivilegedProcess)
            return System.IO.Path.Combine("/var/lib", name);
        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state)
            return System.IO.Path.Combine(state, name);
        if (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home)
            return System.IO.Path.Combine(home, ".local", "state", name);
        throw new StartupException("There is no home folder to keep data in: set Data:Folder.");
    }

    /// <summary>Makes a folder that only its owner can read.</summary>
    public static void Create(string path)
    {
        try
        {
            PrivateFiles.Folder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {path} cannot be made: give its parent to this user, or set Data:Folder.", e);
        }
    }
}
