using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tests.Plugins.Vendors;

/// <summary>One request as a vendor got it.</summary>
/// <param name="Host">Where the plugin sent it.</param>
/// <param name="Path">Decoded.</param>
internal sealed record Sent(string Method, string Host, string Path, IQueryCollection Query, string Body, string? Token)
{
    public override string ToString() => $"{Method} {Host}{Path}";
}

/// <summary>
/// A vendor on loopback, for all of its hosts: a plugin keeps the vendor's addresses, and its handler leads them here. An address of
/// no known host throws.
/// </summary>
internal abstract class VendorServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Sent> requests = new();
    private readonly ConcurrentQueue<(string Part, Func<HttpContext, Task> Answer)> troubles = new();

    protected VendorServer(params string[] hosts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(ServeAsync);
        app.StartAsync().GetAwaiter().GetResult();
        Handler = new Rerouting(hosts, new Uri(app.Urls.Single()));
    }

    public HttpMessageHandler Handler { get; }

    public IReadOnlyList<Sent> Requests => [.. requests];

    public IEnumerable<string> Calls => Requests.Select(r => r.ToString());

    /// <summary>The next request whose path holds the part is answered so.</summary>
    public void Next(string part, Func<HttpContext, Task> answer) => troubles.Enqueue((part, answer));

    public void NextStatus(string part, int status, string body = "", string? retryAfter = null) => Next(part, context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    });

    public void NextHalf(string part) => Next(part, async context =>
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"id\": \"half");
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    /// <summary>Sends the head and half of the body, and then nothing more.</summary>
    /// <returns>Done when it has.</returns>
    public Task NextStalled(string part)
    {
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Next(part, async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"id\": \"half");
            await context.Response.Body.FlushAsync();
            stalled.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { });
        });
        return stalled.Task;
    }

    public void NextSlow(string part) => Next(part, context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted));

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    /// <summary>By the vendor's clock.</summary>
    protected abstract DateTimeOffset Now { get; }

    protected abstract Task AnswerAsync(Sent sent, HttpContext context);

    protected static Task JsonAsync(HttpContext context, object? value, int status = 200)
    {
        context.Response.StatusCode = status;
        return value is null ? Task.CompletedTask : context.Response.WriteAsJsonAsync(value);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', 3);
        using var reader = new StreamReader(context.Request.Body);
        var sent = new Sent(context.Request.Method, parts[1], "/" + parts[2], context.Request.Query, await reader.ReadToEndAsync(),
            context.Request.Headers.Authorization.ToString() is { Length: > 7 } header ? header["Bearer ".Length..] : null);
        requests.Enqueue(sent);
        context.Response.Headers.Date = Now.ToString("r");
        if (troubles.TryPeek(out var trouble) && sent.Path.Contains(trouble.Part, StringComparison.Ordinal) && troubles.TryDequeue(out _))
            await trouble.Answer(context);
        else
            await AnswerAsync(sent, context);
    }

    private sealed class Rerouting(string[] hosts, Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var url = request.RequestUri!;
            if (url.Scheme != "https" || !hosts.Contains(url.Host))
                throw new InvalidOperationException($"A request went out that no test registered: {request.Method} {url}");
            request.RequestUri = new Uri($"{server.GetLeftPart(UriPartial.Authority)}/{url.Host}{url.PathAndQuery}");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
