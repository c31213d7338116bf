using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Data.Blobs;

namespace Portal.Sessions.Recordings;

/// <summary>Fetches what tools keep for a while. By https from the public internet alone; the address is a secret and in no log.</summary>
public sealed class RecordingFetch(
    PortalDbContext db, SessionRecordings recordings, RecordingStore store, IHttpClientFactory http, TimeProvider clock,
    ILogger<RecordingFetch> log)
{
    public const string HttpName = "recordings";
    private const int AtOnce = 3;
    private const int MaxRedirects = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    /// <summary>Works off what is due; returns how many were tried.</summary>
    public async Task<int> FetchDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Recordings.Where(r => r.FetchDueUtc <= now).OrderBy(r => r.FetchDueUtc).Select(r => r.Id).Take(AtOnce)
            .ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            // The claim: only one of several portals moves the due time from what both have read.
            var lease = clock.GetUtcNow() + Lease;
            if (await db.Recordings.Where(r => r.Id == id && r.FetchDueUtc <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.FetchDueUtc, lease), cancellationToken) == 1)
                await FetchAsync(await db.Recordings.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken), cancellationToken);
        }
        return due.Count;
    }

    private async Task FetchAsync(Recording recording, CancellationToken cancellationToken)
    {
        // Within the claim: after it, another portal begins.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Lease - TimeSpan.FromMinutes(1));
        KeptRecording? kept = null;
        var isHopeless = false;
        try
        {
            kept = recordings.AddressOf(recording) is { } address ? await GetAsync(address, stop.Token) : null;
            isHopeless = kept is null or { Key: null };
        }
        catch (TooLargeException)
        {
            isHopeless = true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("Recording {Recording} could not be fetched: {Failure}", recording.Id, e.GetType().Name);
        }
        if (!await FinishAsync(recording, kept, isHopeless, cancellationToken) && kept?.Key is { } unwanted)
            await recordings.ForgetBytesAsync(unwanted);
    }

    /// <summary>False where it was deleted meanwhile, or nothing came.</summary>
    private async Task<bool> FinishAsync(Recording recording, KeptRecording? kept, bool isHopeless, CancellationToken cancellationToken)
    {
        var waiting = db.Recordings.Where(r => r.Id == recording.Id && r.RemovedUtc == null && r.BlobKey == null);
        if (kept?.Key is { } key)
            return await waiting.ExecuteUpdateAsync(set => set.SetProperty(r => r.BlobKey, key)
                .SetProperty(r => r.ContentType, kept.ContentType).SetProperty(r => r.Size, kept.Size)
                .SetProperty(r => r.FetchDueUtc, (DateTimeOffset?)null).SetProperty(r => r.FetchFrom, (string?)null),
                cancellationToken) == 1;
        var next = clock.GetUtcNow() + Again;
        if (isHopeless || next >= recording.FetchUntilUtc)
        {
            log.LogError("Recording {Recording} of session {Session} is lost: it could not be fetched", recording.Id, recording.SessionId);
            await waiting.ExecuteUpdateAsync(set => set.SetProperty(r => r.FetchDueUtc, (DateTimeOffset?)null)
                .SetProperty(r => r.FetchFrom, (string?)null), cancellationToken);
        }
        else
            await waiting.ExecuteUpdateAsync(set => set.SetProperty(r => r.FetchDueUtc, next), cancellationToken);
        return false;
    }

    /// <summary>Null where it leads somewhere else than to a file by https.</summary>
    private async Task<KeptRecording?> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpName);
        for (var hop = 0; hop <= MaxRedirects && address.Scheme == Uri.UriSchemeHttps; hop++)
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } next)
            {
                address = next.IsAbsoluteUri ? next : new Uri(address, next);
                continue;
            }
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await store.KeepAsync(body, cancellationToken);
        }
        return null;
    }
}
