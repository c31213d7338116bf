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

    private readonly Lazy<byte[]> key = new(() => ReadOrMake(
        options.Value.MasterKeyFile is { Length: > 0 } set ? set : folder.File("master.key")));

    public byte[] Bytes => key.Value;

    private static byte[] ReadOrMake(string file)
    {
        try
        {
            if (!File.Exists(file))
                Make(file);
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
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var half = $"{file}.{Guid.NewGuid():n}";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new StreamWriter(half, how))
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
