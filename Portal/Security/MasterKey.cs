using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Portal.Data;

namespace Portal.Security;

/// <summary>
/// The key that wraps the framework's key ring, in a file of its own: without it, "encrypted" settings that lie beside
/// their keys in one database would not be. All nodes share the file, and it belongs in the backup.
/// </summary>
public sealed class MasterKey(IOptions<SecretsOptions> options, DataFolder folder)
{
    private const int Length = 32;

    public string Path => options.Value.MasterKeyFile is { Length: > 0 } set ? set : folder.File("master.key");

    /// <summary>The key that wraps. Read each time, which is seldom: another process may have changed it.</summary>
    public byte[] Current => ReadOrMake(Path);

    /// <summary>All that may unwrap: beside the current one the one that is about to follow it, and the one before it.</summary>
    public IReadOnlyList<byte[]> All => [Current, .. new[] { Next, Previous }.Where(File.Exists).Select(ReadOrMake)];

    /// <summary>Kept for backups that need it, until somebody deletes it.</summary>
    public string Previous => Path + ".old";

    private string Next => Path + ".new";

    /// <summary>Made, or left by a rotation that was interrupted: it may have wrapped something already.</summary>
    public byte[] PrepareNext() => ReadOrMake(Next);

    public void TakeNext()
    {
        try
        {
            // At no moment without a key: whoever looked for it then would make another one.
            File.Copy(Path, Previous, overwrite: true);
            File.Move(Next, Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The new master key is in {Next} and could not be renamed to {Path}: {e.Message}");
        }
    }

    private static byte[] ReadOrMake(string file)
    {
        try
        {
            if (!File.Exists(file))
                Make(file);
            if (!PrivateFiles.Close(file))
                throw new StartupException(
                    $"The master key file {file} can be read by others, and this user may not change that: chmod 600 it and give it to the portal's user.");
            var bytes = Convert.FromBase64String(File.ReadAllText(file).Trim());
            return bytes.Length == Length
                ? bytes
                : throw new StartupException($"The master key in {file} is not {Length} bytes of base64; restore it from the backup.");
        }
        catch (FormatException)
        {
            throw new StartupException($"The master key in {file} is not base64; restore it from the backup.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The master key file {file} cannot be read or made: {e.Message}");
        }
    }

    private static void Make(string file)
    {
        PrivateFiles.Folder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!);
        var half = $"{file}.{Guid.NewGuid():n}";
        using (var stream = new StreamWriter(PrivateFiles.Open(half, FileMode.CreateNew, FileAccess.Write)))
            stream.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        try
        {
            // A whole file or none, and whoever starts at the same moment keeps the first one's key.
            File.Move(half, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(half);
        }
    }
}
