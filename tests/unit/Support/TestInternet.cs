using System.Collections.Concurrent;

namespace Tests.Support;

/// <summary>All that the app can reach in a test: what the test registered, and nothing else.</summary>
public sealed class TestInternet
{
    private readonly ConcurrentDictionary<string, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>"GET https://host/path?query", in the order in which they were sent.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <param name="address">Where the address of a request must begin; the longest that fits answers.</param>
    public void Answer(string address, Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        Answer(address, (request, _) => Task.FromResult(answer(request)));

    public void Answer(string address, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) =>
        _answers[address] = answer;

    public HttpMessageHandler Handler() => new Wire(this);

    private sealed class Wire(TestInternet internet) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!.AbsoluteUri;
            internet._requests.Enqueue($"{request.Method} {address}");
            var answer = internet._answers.Where(a => address.StartsWith(a.Key, StringComparison.Ordinal)).MaxBy(a => a.Key.Length).Value
                ?? throw new InvalidOperationException($"A request went out that no test registered: {request.Method} {address}");
            var response = await answer(request, cancellationToken);
            response.RequestMessage ??= request;
            return response;
        }
    }
}
