using Providers;

namespace Plugins.Zoom;

/// <summary>One request and its whole answer; what fails on the way comes out as a ProviderException.</summary>
internal sealed class ZoomWire(HttpClient http, TimeProvider clock)
{
    private const int MaxBytes = 4 * 1024 * 1024;

    public async Task<ZoomAnswer> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await response.Content.LoadIntoBufferAsync(MaxBytes, either.Token);
            return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token), clock.GetUtcNow())
            {
                // Zoom writes dates as no other server does, so .NET's own property is empty.
                RetryAfter = Header(response, "Retry-After"),
                LimitType = Header(response, "X-RateLimit-Type"),
                Date = response.Headers.Date,
            };
        }
        catch (HttpRequestException e)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Text(e.HttpRequestError), e);
        }
        catch (IOException e)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorCut, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorTimeout, e);
        }
    }

    private static string Text(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => Texts.ErrorNoName,
        HttpRequestError.SecureConnectionError => Texts.ErrorCertificate,
        HttpRequestError.ConnectionError => Texts.ErrorNoConnection,
        _ => Texts.ErrorCut,
    };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
