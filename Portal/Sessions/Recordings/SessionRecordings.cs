using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Data.Blobs;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Providers;

namespace Portal.Sessions.Recordings;

/// <summary>What somebody may know of a session's recordings.</summary>
/// <param name="MayWatch">Was there, and nothing stands against it.</param>
/// <param name="Objections">Who was there and has not agreed: until they do, nobody watches. Told to the mentor alone.</param>
/// <param name="IsHeld">Somebody has not agreed.</param>
public sealed record RecordingView(
    IReadOnlyList<Recording> All, bool MayWatch, bool IsHeld, bool IsMentor, IReadOnlyList<SessionParticipant> Objections);

/// <summary>
/// Recordings of sessions: who was there may watch, once everybody who was has agreed. Bytes come before they stand in the row and go
/// after it.
/// </summary>
public sealed class SessionRecordings(
    PortalDbContext db, SessionChanges changes, SessionQueries queries, Attendance attendance, IBlobs blobs,
    IDataProtectionProvider protection, IOptions<RecordingOptions> options, TimeProvider clock, ILogger<SessionRecordings> log)
{
    private const int MaxPerSession = 50;
    private readonly IDataProtector protector = protection.CreateProtector("Portal.Sessions.Recordings.Fetch");

    /// <summary>For a session that the caller may see; null for who was not there.</summary>
    public async Task<RecordingView?> ReadAsync(MentoringSession session, Caller caller, CancellationToken cancellationToken)
    {
        var person = caller.UserId is { } id ? session.Participants.FirstOrDefault(p => p.UserId == id && p.IsIn) : null;
        if (person is null)
            return null;
        var all = await db.Recordings.AsNoTracking().Where(r => r.SessionId == session.Id).OrderBy(r => r.StartUtc ?? r.AddedUtc)
            .ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var isMentor = person.Role == ParticipantRole.Mentor;
        if (all.Count == 0)
            return isMentor ? new(all, false, false, isMentor, []) : null;
        var inside = await attendance.InsideAsync(session, cancellationToken);
        if (!isMentor && !inside.Contains(person.Id))
            return null;
        var objections = options.Value.AsksConsent
            ? session.Participants.Where(p => inside.Contains(p.Id) && p.RecordingAnswer != RecordingAnswer.Yes).ToList() : [];
        return new(all, objections.Count == 0, objections.Count > 0, isMentor, isMentor ? objections : []);
    }

    /// <summary>A recording and its bytes; null for who may not watch it, and where there are none.</summary>
    public async Task<(Recording Recording, Stream Content)?> OpenAsync(
        Guid sessionId, Guid recordingId, Caller caller, CancellationToken cancellationToken)
    {
        var (_, session) = await queries.FindAsync(sessionId, caller, cancellationToken);
        return session is not null && await ReadAsync(session, caller, cancellationToken) is { MayWatch: true } view
            && view.All.FirstOrDefault(r => r.Id == recordingId) is { IsThere: true, BlobKey: { } key } recording
            && await blobs.OpenAsync(key, cancellationToken) is { } content ? (recording, content) : null;
    }

    /// <summary>The mentor keeps it elsewhere.</summary>
    public Task<SessionOutcome> AddLinkAsync(Guid sessionId, string? link, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (!IsMentor(session, caller))
                return SessionOutcome.NotAllowed;
            if (session.State is not (SessionState.Confirmed or SessionState.Completed) || session.StartUtc > clock.GetUtcNow())
                return SessionOutcome.TooEarly;
            if (LinkOf(link) is not { } address)
                return SessionOutcome.NotALink;
            var source = $"link:{session.Id:N}:{Convert.ToHexStringLower(SHA256.HashData(
                Encoding.UTF8.GetBytes(address)))}";
            if (await db.Recordings.AnyAsync(r => r.SourceId == source && r.RemovedUtc == null, cancellationToken))
                return SessionOutcome.Done;
            if (await db.Recordings.CountAsync(r => r.SessionId == session.Id, cancellationToken) >= MaxPerSession)
                return SessionOutcome.TooManyFiles;
            // One that was taken away may come again.
            await db.Recordings.Where(r => r.SourceId == source).ExecuteDeleteAsync(cancellationToken);
            var recording = Made(session.Id, source);
            (recording.Link, recording.AddedBy) = (address, caller.UserId);
            db.Recordings.Add(recording);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>Only the mentor; it is written down who did it, not what it was.</summary>
    public async Task<SessionOutcome> DeleteAsync(Guid sessionId, Guid recordingId, Caller caller, CancellationToken cancellationToken)
    {
        string? key = null;
        var outcome = await changes.RunAsync(sessionId, async session =>
        {
            if (!IsMentor(session, caller))
                return SessionOutcome.NotAllowed;
            var recording = await db.Recordings
                .FirstOrDefaultAsync(r => r.Id == recordingId && r.SessionId == session.Id, cancellationToken);
            if (recording is null)
                return SessionOutcome.NoSuchFile;
            if (recording.RemovedUtc is not null)
                return SessionOutcome.Done;
            key = recording.BlobKey;
            Remove(recording, clock.GetUtcNow());
            changes.Audit(caller, "session.delete-recording", session);
            return SessionOutcome.Done;
        }, cancellationToken);
        if (outcome == SessionOutcome.Done && key is not null)
            await ForgetBytesAsync(key);
        return outcome;
    }

    /// <summary>What is left of one that was deleted or has expired.</summary>
    internal static void Remove(Recording recording, DateTimeOffset now)
    {
        recording.RemovedUtc = now;
        (recording.Link, recording.BlobKey, recording.FetchFrom, recording.FetchDueUtc) = (null, null, null, null);
    }

    /// <summary>A tool tells of a recording, which is fetched soon: its address does not live long.</summary>
    internal Task<bool> ToldAsync(
        string providerId, Guid sessionId, string signId, MeetingRecording told, CancellationToken cancellationToken)
    {
        var recording = Made(sessionId, $"{providerId}:{signId}");
        recording.FetchFrom = protector.Protect(told.Link.AbsoluteUri);
        (recording.FetchUntilUtc, recording.FetchDueUtc) = (told.Until.ToUniversalTime(), clock.GetUtcNow());
        (recording.StartUtc, recording.LengthSeconds) = (told.Start?.ToUniversalTime(), (int?)told.Length?.TotalSeconds);
        db.Recordings.Add(recording);
        return db.TrySaveAsync(cancellationToken);
    }

    internal Uri? AddressOf(Recording recording)
    {
        try
        {
            return recording.FetchFrom is { } kept ? new Uri(protector.Unprotect(kept)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal Recording Made(Guid sessionId, string source)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            SessionId = sessionId,
            SourceId = source,
            AddedUtc = now,
            ExpiresUtc = options.Value.KeepDays == 0 ? null : now.AddDays(options.Value.KeepDays),
        };
    }

    internal async Task ForgetBytesAsync(string key)
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

    private static bool IsMentor(MentoringSession session, Caller caller) => session.MentorId == caller.UserId;

    private static string? LinkOf(string? text) => Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var link)
        && link.Scheme == Uri.UriSchemeHttps && link.UserInfo is "" && link.AbsoluteUri.Length <= Recording.MaxLink ? link.AbsoluteUri : null;
}
