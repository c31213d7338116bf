using System.Net.Http.Headers;
using System.Text.Json;

namespace Plugins.Zoom;

/// <summary>Calls of the Zoom API with the app's token.</summary>
internal sealed class ZoomApi(ZoomWire wire, ZoomTokens tokens, ZoomOptions options)
{
    private const int MaxPages = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    /// <summary>Answers refusals as well, but for those of the token: with those it tries once more with a new one.</summary>
    public async Task<ZoomAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken);
        var answer = await SendOnceAsync(method, path, body, token, cancellationToken);
        if (!ZoomErrors.MayBeTheToken(answer))
            return answer;
        tokens.Drop(token);
        answer = await SendOnceAsync(method, path, body, await tokens.GetAsync(cancellationToken), cancellationToken);
        return ZoomErrors.MayBeTheToken(answer) ? answer.Require() : answer;
    }

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class =>
        (await SendAsync(HttpMethod.Get, path, null, cancellationToken)).Read<T>();

    /// <summary>All pages of a list.</summary>
    /// <param name="path">With its query.</param>
    public async IAsyncEnumerable<ZoomPage> PagesAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = "";
        for (var page = 0; page < MaxPages; page++)
        {
            var query = next is "" ? "" : $"&next_page_token={Uri.EscapeDataString(next)}";
            var one = await GetAsync<ZoomPage>(path + query, cancellationToken);
            yield return one;
            next = one.NextPageToken ?? "";
            if (next is "")
                yield break;
        }
    }

    private async Task<ZoomAnswer> SendOnceAsync(
        HttpMethod method, string path, object? body, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, options.ApiUrl.TrimEnd('/') + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ZoomJson.Options));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        return await wire.SendAsync(request, Limit, cancellationToken);
    }
}
