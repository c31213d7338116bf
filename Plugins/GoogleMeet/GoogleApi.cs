using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2.Responses;
using Plugins.Shared;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>What Google answered, whatever it was.</summary>
internal sealed record GoogleAnswer(HttpStatusCode Status, JsonElement Json, TimeSpan? RetryAfter)
{
    public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}

/// <summary>Calls to Calendar and Meet, signed in.</summary>
internal sealed class GoogleApi(GoogleMeetOptions options, GoogleWire wire, GoogleTokens tokens, TimeProvider clock)
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MaxPages = 40;

    /// <param name="expected">Errors that the caller deals with; every other one is thrown.</param>
    /// <exception cref="ProviderException">With the reason.</exception>
    public async Task<GoogleAnswer> SendAsync(
        GoogleCaller caller, HttpMethod method, string url, JsonObject? body, CancellationToken cancellationToken,
        params HttpStatusCode[] expected)
    {
        var answer = await GuardAsync(async () =>
        {
            var first = await OnceAsync(caller, method, url, body, afresh: false, cancellationToken);
            return first.Status == HttpStatusCode.Unauthorized
                ? await OnceAsync(caller, method, url, body, afresh: true, cancellationToken)
                : first;
        }, caller, cancellationToken);
        return (int)answer.Status is >= 200 and < 300 || expected.Contains(answer.Status)
            ? answer
            : throw GoogleErrors.Explain(answer, new Uri(url), options);
    }

    /// <summary>All that a list holds, page after page.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        GoogleCaller caller, string url, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = url;
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await SendAsync(caller, HttpMethod.Get, next, null, cancellationToken);
            foreach (var item in answer.Json.List(name))
                yield return item;
            if (answer.Json.Text("nextPageToken") is not { Length: > 0 } token)
                yield break;
            next = $"{url}{(url.Contains('?') ? '&' : '?')}pageToken={Uri.EscapeDataString(token)}";
        }
    }

    /// <summary>Turns what can go wrong on the way into sentences.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> call, GoogleCaller? caller, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (TokenResponseException e)
        {
            throw GoogleErrors.Explain(e, caller, tokens.ServiceAccount, options);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or Newtonsoft.Json.JsonException)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorNoAnswer, e);
        }
        catch (Exception e) when (e is TimeoutException || e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorTimeout, e);
        }
    }

    private async Task<GoogleAnswer> OnceAsync(
        GoogleCaller caller, HttpMethod method, string url, JsonObject? body, bool afresh, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        var token = await tokens.GetAsync(caller, afresh, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await wire.SendAsync(request, MaxBytes, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return new(answer.StatusCode, Parse(text, answer.IsSuccessStatusCode), Wait.Of(answer.Headers.RetryAfter, clock.GetUtcNow()));
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
