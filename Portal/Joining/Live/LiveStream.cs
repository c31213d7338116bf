using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Portal.Joining.Live;

/// <summary>What a page is told: that it should look, and at the door also what it would find.</summary>
/// <param name="Decision">Null where the page has to ask.</param>
/// <param name="ChangesAt">When time alone will make it another one.</param>
internal sealed record LiveLook(string? Decision = null, DateTimeOffset? ChangesAt = null);

/// <summary>
/// Server-sent events to one page, for some minutes: then it comes again, and shows anew who it is. The framework's own result knows no
/// comments, which are what keeps a quiet connection open.
/// </summary>
internal sealed class LiveStream(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Proxies close what says nothing for a minute, some for half of one.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Access that ended elsewhere (a locked account) changes nothing about the session.</summary>
    private static readonly TimeSpan LookAnyway = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(4);
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    /// <param name="http">Nothing was written to it yet.</param>
    /// <param name="watcher">Of the session.</param>
    /// <param name="look">What the page would find; null when it may find nothing any more, which ends the stream.</param>
    public async Task RunAsync(HttpContext http, Watcher watcher, Func<CancellationToken, Task<LiveLook?>> look)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await BeginAsync(http, ends.Token);
            await TellAsync(http.Response, watcher, look, ends.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && ends.IsCancellationRequested)
        {
            // The page was closed, or the portal stops.
        }
    }

    private static async Task BeginAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // nginx would keep what is said until it has a page of it.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync(http.Response, "retry: 2000\n\n"u8.ToArray(), cancellationToken);
    }

    private async Task TellAsync(
        HttpResponse response, Watcher watcher, Func<CancellationToken, Task<LiveLook?>> look, CancellationToken cancellationToken)
    {
        // Those that began together do not all come back together.
        var end = clock.GetUtcNow() + Life + TimeSpan.FromSeconds(Random.Shared.Next(60));
        var (last, looked) = (new LiveLook(), DateTimeOffset.MinValue);
        for (var now = clock.GetUtcNow(); now < end; now = clock.GetUtcNow())
        {
            var wait = last.ChangesAt - now is { } due && due > TimeSpan.Zero && due < Beat ? due : Beat;
            var news = await watcher.WaitAsync(wait, clock, cancellationToken);
            var isNews = news.HasFlag(News.Session);
            now = clock.GetUtcNow();
            if (news.HasFlag(News.Notes))
                await WriteAsync(response, "event: notes\ndata: {}\n\n"u8.ToArray(), cancellationToken);
            if (!isNews && !(last.ChangesAt <= now) && now < looked + LookAnyway)
            {
                if (news == News.None)
                    await WriteAsync(response, Comment, cancellationToken);
                continue;
            }
            if (await look(cancellationToken) is not { } found)
            {
                await WriteAsync(response, "event: gone\ndata: {}\n\n"u8.ToArray(), cancellationToken);
                return;
            }
            if (isNews || found.Decision != last.Decision)
                await WriteAsync(response, Change(found), cancellationToken);
            (last, looked) = (found, now);
        }
    }

    private static byte[] Change(LiveLook look) =>
        Encoding.UTF8.GetBytes($"event: change\ndata: {JsonSerializer.Serialize(new { decision = look.Decision })}\n\n");

    private static async Task WriteAsync(HttpResponse response, byte[] what, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(what, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
