using System.Runtime.CompilerServices;

namespace Portal.Data.Blobs;

/// <summary>
/// In a folder that only the portal's own user can read. A file is written under another name first and renamed when it is whole:
/// whoever finds a key finds all of it, also after a crash.
/// </summary>
public sealed class FolderBlobs(string folder, TimeProvider clock) : IBlobs
{
    private const string Unfinished = ".part";
    private const int NoSpace = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Nobody writes to one file for so long.</summary>
    internal static readonly TimeSpan GivenUp = TimeSpan.FromDays(1);

    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        var part = path + Unfinished;
        try
        {
            await using (var file = PrivateFiles.Open(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.SetLastWriteTimeUtc(part, clock.GetUtcNow().UtcDateTime);
            File.Move(part, path);
        }
        catch (Exception e)
        {
            File.Delete(part);
            if (e is IOException { HResult: NoSpace or NoSpaceOnWindows })
                throw new BlobException(isFull: true, e);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            // Somebody may delete it meanwhile; who reads has it to the end.
            return Task.FromResult<Stream?>(
                PrivateFiles.Open(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kept = new DateTimeOffset(file.LastWriteTimeUtc);
            if (BlobKey.IsOne(file.Name))
                yield return new(file.Name, kept);
            else if (file.Name.EndsWith(Unfinished, StringComparison.Ordinal) && kept < clock.GetUtcNow() - GivenUp)
                file.Delete();
        }
    }

    private string PathOf(string key) => Path.Combine(folder, BlobKey.Checked(key));
}
