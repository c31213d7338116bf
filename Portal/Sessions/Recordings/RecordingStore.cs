using Microsoft.Extensions.Options;
using Portal.Data.Blobs;

namespace Portal.Sessions.Recordings;

/// <summary>What came of a recording's bytes.</summary>
/// <param name="Key">Null where they are none of a recording.</param>
public sealed record KeptRecording(string? Key, string ContentType, long Size);

/// <summary>Takes in what may be large and of unknown length, and looks at its first bytes once it is there.</summary>
public sealed class RecordingStore(IBlobs blobs, IOptions<RecordingOptions> options)
{
    /// <exception cref="TooLargeException">It is; nothing is kept.</exception>
    public async Task<KeptRecording> KeepAsync(Stream content, CancellationToken cancellationToken)
    {
        var key = BlobKey.New();
        await using var measured = new MeasuredStream(content, options.Value.MaxBytes);
        await blobs.PutAsync(key, measured, cancellationToken);
        if (RecordingKinds.Of(await HeadAsync(key, cancellationToken)) is { } type)
            return new(key, type, measured.Count);
        await blobs.DeleteAsync(key, cancellationToken);
        return new(null, "", measured.Count);
    }

    private async Task<byte[]> HeadAsync(string key, CancellationToken cancellationToken)
    {
        await using var kept = await blobs.OpenAsync(key, cancellationToken);
        if (kept is null)
            return [];
        var head = new byte[RecordingKinds.Head];
        return head[..await kept.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken)];
    }
}
