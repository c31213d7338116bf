namespace Portal.Data.Blobs;

/// <summary>
/// Where bytes lie that are too many for a table: in the data folder, or in a bucket. A key is made by the portal
/// (<see cref="BlobKey"/>) and says nothing; whose the bytes are, and who may have them, stands in the database.
/// </summary>
public interface IBlobs
{
    /// <summary>Keeps all of it, or nothing: what cannot be read to its end is not there afterwards.</summary>
    Task PutAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>Null when there is nothing by that key. The stream can be read from any position.</summary>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deleting what is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>All that is kept, in any order.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(CancellationToken cancellationToken);
}

/// <summary>Something that is kept.</summary>
/// <param name="KeptUtc">Since when, by the clock of whoever keeps it.</param>
public sealed record StoredBlob(string Key, DateTimeOffset KeptUtc);
