using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Data.Blobs;
using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Files;

/// <summary>
/// Files of a session are between its people: not an administrator's, not a program's, not of somebody whose link was withdrawn. Bytes
/// come before the row and go after it: a row always has its bytes, and bytes without a row are cleaned up.
/// </summary>
public sealed class SessionFiles(
    PortalDbContext db, SessionChanges changes, SessionQueries queries, IBlobs blobs, IOptions<FilesOptions> options, TimeProvider clock,
    ILogger<SessionFiles> log)
{
    public FilesOptions Limits => options.Value;

    /// <summary>The caller's own place; null for who may see no files here.</summary>
    public static SessionParticipant? ReaderOf(MentoringSession session, Caller caller) => caller.UserId is { } id
        ? session.Participants.FirstOrDefault(p => p.UserId == id && p.IsIn) : null;

    /// <summary>Who only looks on shares nothing, and what was cancelled needs nothing more.</summary>
    public SessionOutcome MayAdd(MentoringSession session, Caller caller) =>
        options.Value.MaxMegabytes == 0 || ReaderOf(session, caller) is not { Role: not ParticipantRole.Observer }
            ? SessionOutcome.NotAllowed
            : session.State is SessionState.Cancelled or SessionState.Declined or SessionState.Expired
                ? SessionOutcome.TooLate : SessionOutcome.Done;

    public static bool MayDelete(MentoringSession session, SessionFile file, Caller caller) =>
        ReaderOf(session, caller) is { } reader && (file.AddedBy == caller.UserId || reader.Role == ParticipantRole.Mentor);

    /// <summary>For a reader who was found before.</summary>
    public Task<List<SessionFile>> OfAsync(Guid sessionId, CancellationToken cancellationToken) =>
        db.SessionFiles.AsNoTracking().Where(f => f.SessionId == sessionId).OrderBy(f => f.AddedUtc).ThenBy(f => f.Id)
            .ToListAsync(cancellationToken);

    /// <summary>The session and its files, for one of its people.</summary>
    public async Task<(SessionOutcome Outcome, MentoringSession? Session, List<SessionFile> Files)> ListAsync(
        Guid sessionId, Caller caller, CancellationToken cancellationToken)
    {
        var (outcome, session) = await queries.FindAsync(sessionId, caller, cancellationToken);
        if (session is null)
            return (outcome, null, []);
        return ReaderOf(session, caller) is null
            ? (SessionOutcome.NotAllowed, null, []) : (SessionOutcome.Done, session, await OfAsync(sessionId, cancellationToken));
    }

    /// <param name="sessionId">The session.</param>
    /// <param name="givenName">As somebody's browser or program calls it.</param>
    /// <param name="content">Null for a form without one; can be read from any position.</param>
    /// <param name="caller">Who shares it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<FileResult> AddAsync(
        Guid sessionId, string? givenName, Stream? content, Caller caller, CancellationToken cancellationToken)
    {
        // Whoever may not is refused before a byte of theirs is looked at.
        var (outcome, session) = await queries.FindAsync(sessionId, caller, cancellationToken);
        if (session is null)
            return FileResult.Refused(outcome);
        if (MayAdd(session, caller) is not SessionOutcome.Done and var refused)
            return FileResult.Refused(refused);
        if (content is null || content.Length == 0)
            return FileResult.Wrong(FileProblem.Missing);
        if (content.Length > options.Value.MaxBytes)
            return FileResult.Wrong(FileProblem.TooLarge);
        if (FileName.Clean(givenName) is not { } name)
            return FileResult.Wrong(FileProblem.NoName);
        if (await FileContent.KindOfAsync(content, cancellationToken) is not { } kind)
            return FileResult.Wrong(FileProblem.NotAllowed);
        if (!kind.Fits(name))
            return FileResult.Wrong(FileKind.All.Any(k => k.Fits(name)) ? FileProblem.NotWhatItSays : FileProblem.NotAllowed);

        content.Position = 0;
        await using var measured = new MeasuredStream(content, options.Value.MaxBytes);
        var key = BlobKey.New();
        await blobs.PutAsync(key, measured, cancellationToken);
        var file = new SessionFile
        {
            SessionId = sessionId,
            Name = name,
            ContentType = kind.ContentType,
            Size = measured.Count,
            Fingerprint = measured.Fingerprint(),
            BlobKey = key,
            AddedBy = caller.UserId,
            AddedUtc = clock.GetUtcNow(),
        };
        outcome = await AddRowAsync(file, caller, cancellationToken);
        if (outcome == SessionOutcome.Done)
            return new(outcome, FileProblem.None, file);
        await ForgetBytesAsync(key);
        return FileResult.Refused(outcome);
    }

    /// <summary>In the session's own unit of work: of two files that come at once, the second is counted after the first.</summary>
    private Task<SessionOutcome> AddRowAsync(SessionFile file, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(file.SessionId, async session =>
        {
            if (MayAdd(session, caller) is not SessionOutcome.Done and var refused)
                return refused;
            var kept = await db.SessionFiles.Where(f => f.SessionId == session.Id).GroupBy(f => 1)
                .Select(g => new { Count = g.Count(), Size = g.Sum(f => f.Size) }).FirstOrDefaultAsync(cancellationToken);
            if (kept is not null && (kept.Count >= options.Value.MaxPerSession || kept.Size + file.Size > options.Value.MaxBytesPerSession))
                return SessionOutcome.TooManyFiles;
            db.SessionFiles.Add(file);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>The file and its bytes; null for who may not have it, and for what is not there.</summary>
    public async Task<(SessionFile File, Stream Content)?> OpenAsync(
        Guid sessionId, Guid fileId, Caller caller, CancellationToken cancellationToken)
    {
        var (_, session, files) = await ListAsync(sessionId, caller, cancellationToken);
        return session is not null && files.Find(f => f.Id == fileId) is { } file
            && await blobs.OpenAsync(file.BlobKey, cancellationToken) is { } content ? (file, content) : null;
    }

    public async Task<SessionOutcome> DeleteAsync(Guid sessionId, Guid fileId, Caller caller, CancellationToken cancellationToken)
    {
        var (outcome, session, files) = await ListAsync(sessionId, caller, cancellationToken);
        if (session is null)
            return outcome;
        if (files.Find(f => f.Id == fileId) is not { } file)
            return SessionOutcome.NoSuchFile;
        if (!MayDelete(session, file, caller))
            return SessionOutcome.NotAllowed;
        await db.SessionFiles.Where(f => f.Id == fileId).ExecuteDeleteAsync(cancellationToken);
        await ForgetBytesAsync(file.BlobKey);
        return SessionOutcome.Done;
    }

    /// <summary>What could not be deleted now, the clean-up finds.</summary>
    private async Task ForgetBytesAsync(string key)
    {
        try
        {
            await blobs.DeleteAsync(key, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The bytes of {Key} stay for the clean-up", key);
        }
    }
}
