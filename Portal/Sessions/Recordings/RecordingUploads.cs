using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Recordings;

public enum UploadOutcome
{
    Kept,

    /// <summary>It came before.</summary>
    Known,
    NoSuchRoom,
    NoRecording,
}

/// <param name="Id">Of the recording.</param>
public sealed record UploadResult(UploadOutcome Outcome, Guid? Id = null);

/// <summary>Recordings that a recorder of one's own brings, by the name of the room.</summary>
public sealed class RecordingUploads(PortalDbContext db, SessionRecordings recordings, RecordingStore store)
{
    public const int MaxName = 200;

    /// <param name="room">As the tool calls it.</param>
    /// <param name="file">The recorder's name for it: sent twice, it is taken once.</param>
    /// <param name="content">Not read where it is not wanted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<UploadResult> TakeAsync(string room, string file, Stream content, CancellationToken cancellationToken)
    {
        if (await SessionOfAsync(room.ToLowerInvariant(), cancellationToken) is not { } session)
            return new(UploadOutcome.NoSuchRoom);
        var source = $"upload:{session:N}/{file}";
        if (await KnownAsync(source, cancellationToken) is { } known)
            return new(UploadOutcome.Known, known);
        var kept = await store.KeepAsync(content, cancellationToken);
        if (kept.Key is not { } key)
            return new(UploadOutcome.NoRecording);
        var recording = recordings.Made(session, source);
        (recording.BlobKey, recording.ContentType, recording.Size) = (key, kept.ContentType, kept.Size);
        db.Recordings.Add(recording);
        if (await db.TrySaveAsync(cancellationToken))
            return new(UploadOutcome.Kept, recording.Id);
        // Another call with the same file was faster.
        await recordings.ForgetBytesAsync(key);
        return new(UploadOutcome.Known, await KnownAsync(source, cancellationToken));
    }

    private async Task<Guid?> SessionOfAsync(string room, CancellationToken cancellationToken) => await db.MeetingLinks
        .Where(l => l.ToolKey == room || l.Handle == room).OrderByDescending(l => l.RoomVersion)
        .Select(l => (Guid?)l.SessionId).FirstOrDefaultAsync(cancellationToken);

    private async Task<Guid?> KnownAsync(string source, CancellationToken cancellationToken) => await db.Recordings
        .Where(r => r.SourceId == source).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken);
}
