using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Identity.Client;
using Plugins.Shared;
using Providers;

namespace Plugins.Teams;

/// <summary>What Graph answered, whatever it was.</summary>
/// <param name="Permissions">Of the token that was shown; null when they cannot be read.</param>
internal sealed record GraphAnswer(HttpStatusCode Status, JsonElement Json, TimeSpan? RetryAfter, IReadOnlyList<string>? Permissions);

/// <summary>Calls to Microsoft Graph, signed in as the application.</summary>
internal sealed class GraphApi(TeamsOptions options, HttpClient http, GraphTokens tokens, TimeProvider clock)
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MaxPages = 40;

    // The head and the body together: the portal's client limits the head alone.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    private readonly string root = Cloud.Of(options.Cloud).Graph + "/v1.0";
    private long differenceTicks;

    /// <summary>How far Microsoft's clock is ahead of ours, by its last answer.</summary>
    public TimeSpan ClockDifference => TimeSpan.FromTicks(Volatile.Read(ref differenceTicks));

    /// <param name="expected">Errors that the caller deals with; every other one is thrown.</param>
    /// <exception cref="ProviderException">With the reason.</exception>
    public async Task<GraphAnswer> SendAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        var answer = await GuardAsync(async () =>
        {
            var first = await OnceAsync(method, root + path, body, afresh: false, cancellationToken);
            return first.Status == HttpStatusCode.Unauthorized && !GraphErrors.IsAccessPolicy(first.Json)
                ? await OnceAsync(method, root + path, body, afresh: true, cancellationToken)
                : first;
        }, cancellationToken);
        return (int)answer.Status is >= 200 and < 300 || expected.Contains(answer.Status)
            ? answer
            : throw GraphErrors.Explain(answer, options);
    }

    /// <summary>All that a list holds, page after page.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = path;
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await SendAsync(HttpMethod.Get, next, null, cancellationToken);
            foreach (var item in answer.Json.List("value"))
                yield return item;
            // The token goes nowhere but to Graph, whatever an answer says.
            if (answer.Json.Text("@odata.nextLink") is not { } link || !link.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase))
                yield break;
            next = link[root.Length..];
        }
    }

    /// <summary>Turns what can go wrong on the way into sentences.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (MsalException e)
        {
            throw GraphErrors.Explain(e, clock.GetUtcNow());
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorNoAnswer, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorTimeout, e);
        }
    }

    private async Task<GraphAnswer> OnceAsync(
        HttpMethod method, string url, JsonObject? body, bool afresh, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        var token = await tokens.GetAsync(afresh, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var timer = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        if (answer.Headers.Date is { } date)
            Volatile.Write(ref differenceTicks, (date - clock.GetUtcNow()).Ticks);
        await answer.Content.LoadIntoBufferAsync(MaxBytes, either.Token);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return new(answer.StatusCode, Parse(text, answer.IsSuccessStatusCode), Wait.Of(answer.Headers.RetryAfter, clock.GetUtcNow()),
            GraphTokens.Permissions(token));
    }

    // An error may come from something in between, which knows no JSON.
    private static JsonElement Parse(string text, bool isSuccess)
    {
        if (text is "")
            return default;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException) when (!isSuccess)
        {
            return default;
        }
    }
}
