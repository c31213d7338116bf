namespace Portal.Data.Blobs;

/// <summary>The store cannot be reached, or has no room left. Nothing is wrong with what it was asked for.</summary>
public sealed class BlobException(bool isFull, Exception inner) : IOException(inner.GetType().Name, inner)
{
    public bool IsFull => isFull;
}
