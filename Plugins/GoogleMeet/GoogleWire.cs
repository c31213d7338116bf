using Google.Apis.Http;

namespace Plugins.GoogleMeet;

/// <summary>The one way to Google: the portal's client, for the sign-in library as well.</summary>
internal sealed class GoogleWire(HttpClient http, TimeProvider clock) : IHttpClientFactory
{
    private const int MaxSignInBytes = 256 * 1024;

    // The head and the body together: the portal's client limits the head alone. Below the 12 seconds after which the sign-in
    // library would begin anew.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(11);

    private long differenceTicks;

    /// <summary>How far Google's clock is ahead of ours, by its last answer.</summary>
    public TimeSpan ClockDifference => TimeSpan.FromTicks(Volatile.Read(ref differenceTicks));

    /// <summary>The whole answer, its body read.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, int maxBytes, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        try
        {
            if (answer.Headers.Date is { } date)
                Volatile.Write(ref differenceTicks, (date - clock.GetUtcNow()).Ticks);
            await answer.Content.LoadIntoBufferAsync(maxBytes, either.Token);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    // It would repeat and follow by itself; the portal's client has rules for that.
    public ConfigurableHttpClient CreateHttpClient(CreateHttpClientArgs args) =>
        new(new ConfigurableMessageHandler(new Through(this)) { NumTries = 1, FollowRedirect = false });

    private sealed class Through(GoogleWire wire) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // A request that one client has sent is refused by the next.
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            var answer = await SendOnceAsync(copy, cancellationToken);
            // The library stumbles over an answer that is no object.
            return (await answer.Content.ReadAsStringAsync(cancellationToken)).TrimStart().StartsWith('{')
                ? answer
                : throw new HttpRequestException($"The sign-in was answered without JSON: HTTP {(int)answer.StatusCode}.");
        }

        // What is cancelled the library tries twice more, with minutes of patience.
        private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await wire.SendAsync(request, MaxSignInBytes, cancellationToken);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException("The sign-in took too long.", e);
            }
        }
    }
}
