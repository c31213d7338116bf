using System.Net;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Portal.ProviderHost;

/// <summary>The HttpClient that each plugin gets: named after it, 3 s to connect, 10 s an attempt, 25 s in all.</summary>
public sealed class ProviderHttp : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    private const string Prefix = "provider:";

    public static string NameOf(string pluginId) => Prefix + pluginId;

    public void Configure(HttpClientFactoryOptions options) { }

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (name?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return;
        // A plugin keeps its client for good; addresses are looked up anew by the life of connections instead.
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        options.HttpClientActions.Add(client => client.Timeout = TimeSpan.FromSeconds(25));
        options.HttpMessageHandlerBuilderActions.Add(builder =>
        {
            builder.PrimaryHandler = new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(3),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                AllowAutoRedirect = false,
                UseCookies = false,
            };
            builder.AdditionalHandlers.Add(new ProviderRetry(builder.Services.GetRequiredService<TimeProvider>()));
        });
    }
}

/// <summary>Repeats what may be repeated without harm, and obeys Retry-After.</summary>
internal sealed class ProviderRetry : DelegatingHandler
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private static readonly HttpMethod[] Idempotent =
        [HttpMethod.Get, HttpMethod.Head, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options];

    private readonly TimeProvider clock;
    private readonly ResiliencePipeline<HttpResponseMessage> retried;
    private readonly ResiliencePipeline<HttpResponseMessage> once;

    public ProviderRetry(TimeProvider clock)
    {
        this.clock = clock;
        once = new ResiliencePipelineBuilder<HttpResponseMessage>().AddTimeout(Attempt).Build();
        retried = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(300),
                UseJitter = true,
                ShouldHandle = a => ValueTask.FromResult(ShouldRepeat(a.Outcome)),
                DelayGenerator = a => ValueTask.FromResult(RetryAfter(a.Outcome.Result)),
                OnRetry = a =>
                {
                    a.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .AddTimeout(Attempt)
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var pipeline = Idempotent.Contains(request.Method) ? retried : once;
        try
        {
            return await pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            // What HttpClient itself throws when time is up, so that plugins have one thing to catch.
            throw new TaskCanceledException("The server did not answer in time.", new TimeoutException(e.Message, e));
        }
    }

    private bool ShouldRepeat(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        {
            Exception: HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            }
        } => true,
        { Result: { } answer } => IsPassing(answer.StatusCode) && !(RetryAfter(answer) > MaxWait),
        _ => false,
    };

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private TimeSpan? RetryAfter(HttpResponseMessage? answer)
    {
        var after = answer?.Headers.RetryAfter;
        var wait = after?.Delta ?? after?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
