using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Portal.ProviderHost;

namespace Tests.ProviderHost;

public class ProviderHttpTests
{
    private readonly List<HttpMethod> asked = [];

    [Theory]
    [InlineData("GET", HttpStatusCode.ServiceUnavailable, 3)]
    [InlineData("DELETE", HttpStatusCode.TooManyRequests, 3)]
    [InlineData("GET", HttpStatusCode.NotFound, 1)]
    [InlineData("GET", HttpStatusCode.Unauthorized, 1)]
    [InlineData("GET", HttpStatusCode.NotImplemented, 1)]
    [InlineData("POST", HttpStatusCode.ServiceUnavailable, 1)]
    [InlineData("PATCH", HttpStatusCode.TooManyRequests, 1)]
    public async Task Only_what_may_be_repeated_without_harm_is_repeated(string method, HttpStatusCode status, int times)
    {
        var answer = await Client(_ => new HttpResponseMessage(status))
            .SendAsync(new HttpRequestMessage(new HttpMethod(method), "https://vendor.example/"));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(times, asked.Count);
    }

    [Theory]
    [InlineData("GET", HttpRequestError.ConnectionError, 3)]
    [InlineData("GET", HttpRequestError.SecureConnectionError, 1)]
    [InlineData("POST", HttpRequestError.ConnectionError, 1)]
    public async Task A_connection_that_fails_is_tried_again(string method, HttpRequestError error, int times)
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => Client(_ => throw new HttpRequestException(error))
            .SendAsync(new HttpRequestMessage(new HttpMethod(method), "https://vendor.example/")));

        Assert.Equal(times, asked.Count);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_long_wait_is_left_alone()
    {
        var answer = await Client(_ => Busy(TimeSpan.FromHours(1))).GetAsync("https://vendor.example/");

        Assert.Equal(TimeSpan.FromHours(1), answer.Headers.RetryAfter!.Delta);
        Assert.Single(asked);
    }

    [Fact]
    public async Task A_server_that_says_when_is_asked_then()
    {
        var answer = await Client(n => n == 1 ? Busy(TimeSpan.Zero) : new HttpResponseMessage(HttpStatusCode.OK))
            .GetAsync("https://vendor.example/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, asked.Count);
    }

    private static HttpResponseMessage Busy(TimeSpan wait) =>
        new(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(wait) } };

    // Replaces the network as tests of the whole portal do it: by the client's name.
    private HttpClient Client(Func<int, HttpResponseMessage> answer)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddPortalProviders();
        services.AddHttpClient(ProviderHttp.NameOf("vendor")).ConfigurePrimaryHttpMessageHandler(() => new Network(asked, answer));
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(ProviderHttp.NameOf("vendor"));
    }

    private sealed class Network(List<HttpMethod> asked, Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.Method);
            return Task.FromResult(answer(asked.Count));
        }
    }
}
