using Providers;
using Tests.Support;

namespace Tests.Plugins.Zoom;

/// <summary>Tokens that end, limits, and refusals.</summary>
public sealed class ZoomTroubleTests : IDisposable
{
    private readonly ZoomBench bench = new();

    private FakeZoom Zoom => bench.Zoom;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Many_calls_at_once_ask_for_one_token()
    {
        var handle = await bench.CreateAsync();
        var other = bench.NewProvider();
        var before = Zoom.TokensGiven;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => other.ExistsAsync(handle, default).AsTask()));

        Assert.Equal(before + 1, Zoom.TokensGiven);
    }

    [Fact]
    public async Task A_token_is_used_until_shortly_before_its_end()
    {
        var handle = await bench.CreateAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(57));
        await bench.Provider.ExistsAsync(handle, default);
        Assert.Equal(1, Zoom.TokensGiven);

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.Provider.ExistsAsync(handle, default);

        Assert.Equal(2, Zoom.TokensGiven);
        Assert.DoesNotContain(Zoom.Requests, r => r.Body.Contains("Invalid access token"));
    }

    [Fact]
    public async Task A_token_that_Zoom_withdrew_is_replaced_once_and_nobody_notices()
    {
        var handle = await bench.CreateAsync();
        Zoom.Refuse("GET", "/meetings", 401, 124);

        Assert.True(await bench.Provider.ExistsAsync(handle, default));

        Assert.Equal(2, Zoom.TokensGiven);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_is_the_administrators_matter()
    {
        var handle = await bench.CreateAsync();
        var calls = Zoom.Requests.Count;
        Zoom.Refuse("GET", "/meetings", 401, 124);
        Zoom.Refuse("GET", "/meetings", 401, 124);

        var failure = await FailureAsync(() => bench.Provider.ExistsAsync(handle, default).AsTask());

        Assert.Equal(ProviderFailure.Unauthorized, failure.Failure);
        Assert.Equal(calls + 3, Zoom.Requests.Count); // the call, a token, the call
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task Permissions_that_are_missing_are_named_after_a_new_token_was_tried(int status)
    {
        const string words = "Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:write:meeting:admin].";
        Zoom.Refuse("POST", "/meetings", status, 4711, words);
        Zoom.Refuse("POST", "/meetings", status, 4711, words);

        var failure = await FailureAsync(bench.CreateAsync);

        Assert.Equal(ProviderFailure.Unauthorized, failure.Failure);
        Assert.EndsWith(": meeting:write:meeting:admin", failure.Message);
        Assert.Equal(2, Zoom.TokensGiven);
    }

    [Fact]
    public async Task Wrong_credentials_are_told_and_never_repeated()
    {
        bench.Options.ClientSecret = "wrong-s3cret";

        var failure = await FailureAsync(bench.CreateAsync);

        Assert.Equal(ProviderFailure.Unauthorized, failure.Failure);
        Assert.Contains("ClientSecret", failure.Message);
        Assert.DoesNotContain("wrong-s3cret", failure.ToString());
        Assert.Single(Zoom.Requests);
    }

    public static TheoryData<int, int, string, ProviderFailure> Refusals => new()
    {
        { 400, 200, "Only available for Paid account.", ProviderFailure.Rejected },
        { 400, 300, "Validation Failed.", ProviderFailure.Rejected },
        { 300, 300, "You have reached the maximum of 100 meetings that can be created in a single day.", ProviderFailure.RateLimited },
        { 404, 1010, "User not belong to this account.", ProviderFailure.Rejected },
        { 400, 3000, "Cannot access meeting information.", ProviderFailure.Rejected },
        { 404, 3001, "Meeting does not exist.", ProviderFailure.NotFound },
        { 403, 3001, "No permission.", ProviderFailure.Unauthorized },
        { 400, 3003, "You are not the meeting host.", ProviderFailure.Rejected },
        { 400, 3007, "Sorry, you cannot do this.", ProviderFailure.Rejected },
        { 400, 3043, "Meeting has reached maximum attendee capacity.", ProviderFailure.Rejected },
        { 400, 3161, "Your user account is not allowed meeting hosting and scheduling capabilities.", ProviderFailure.Rejected },
        { 400, 4702, "Invalid client.", ProviderFailure.Unauthorized },
        { 429, 429, "You have reached the maximum per-second rate limit for this API.", ProviderFailure.RateLimited },
        { 400, 9999, "Something new.", ProviderFailure.Rejected },
        { 404, 0, "", ProviderFailure.Rejected },
        { 500, 0, "", ProviderFailure.Unavailable },
        { 302, 0, "", ProviderFailure.Rejected },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_explained_to_the_administrator_in_both_languages(
        int status, int code, string words, ProviderFailure failure)
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
            {
                Zoom.Refuse("POST", "/meetings", status, code, words);

                var thrown = await FailureAsync(bench.CreateAsync);

                Assert.Equal(failure, thrown.Failure);
                Assert.Matches(language == "ar" ? @"\p{IsArabic}" : "[a-z]", thrown.Message);
                if (words is not "")
                    Assert.DoesNotContain(words, thrown.Message);
            }
    }

    [Fact]
    public async Task Fields_that_Zoom_refuses_are_named()
    {
        Zoom.Once("POST", "/meetings", async http =>
        {
            await FakeZoom.SayAsync(http, 400, System.Text.Json.Nodes.JsonNode.Parse("""
                {"code":300,"message":"Validation Failed.","errors":[{"field":"settings.auto_recording","message":"Invalid field."},
                {"field":"maha@example.org <b>"}]}
                """));
            return true;
        });

        Assert.EndsWith(": settings.auto_recording", (await FailureAsync(bench.CreateAsync)).Message);
    }

    [Theory]
    [InlineData("Retry-After", "2026-11-25T00:00:00Z", 15 * 60)]
    [InlineData("Retry-After", "90", 1.5)]
    [InlineData("Retry-After", "Tue, 24 Nov 2026 10:00:00 GMT", 60)]
    [InlineData("Retry-After", "2020-01-01T00:00:00Z", 0)]
    [InlineData("X-RateLimit-Type", "Daily-limit", 15 * 60)]
    [InlineData("X-RateLimit-Type", "QPS", 2 / 60.0)]
    [InlineData("Retry-After", "soon", 2 / 60.0)]
    public async Task A_limit_says_how_long_to_wait(string header, string value, double minutes)
    {
        Zoom.Refuse("POST", "/meetings", 429, 429, "Too many.", (header, value));

        var failure = await FailureAsync(bench.CreateAsync);

        Assert.Equal(ProviderFailure.RateLimited, failure.Failure);
        Assert.Equal(TimeSpan.FromMinutes(minutes), failure.RetryAfter);
        Assert.Single(Zoom.Sent("POST", "/meetings"));
    }

    [Fact]
    public async Task A_host_who_has_made_a_hundred_meetings_today_waits_until_midnight_UTC()
    {
        Zoom.Refuse("POST", "/meetings", 400, 300, "You have reached the maximum of 100 meetings that can be created in a single day.");

        Assert.Equal(TimeSpan.FromHours(15), (await FailureAsync(bench.CreateAsync)).RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"id":"many","join_url":"https://zoom.us/j/1"}""")]
    [InlineData("""{"id":1,"join_url":"nowhere"}""")]
    [InlineData("""{"id":1,"join_url":"https://zoom.us/j/\ud800"}""")]
    public async Task An_answer_that_cannot_be_read_is_no_meeting(string body)
    {
        Zoom.Once("POST", "/meetings", async http =>
        {
            http.Response.StatusCode = 201;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, body);
            return true;
        });

        Assert.Equal(ProviderFailure.Unavailable, (await FailureAsync(bench.CreateAsync)).Failure);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_not_read_to_its_end()
    {
        var hungUp = new TaskCompletionSource<bool>();
        Zoom.Once("POST", "/meetings", async http =>
        {
            var gone = http.RequestAborted;
            var megabyte = new byte[1024 * 1024];
            // What is written to somebody who hung up is taken and dropped, so how much was written says little.
            for (var sent = 0; sent < 64 && !gone.IsCancellationRequested; sent++)
                await http.Response.Body.WriteAsync(megabyte);
            await Task.WhenAny(Task.Delay(Timeout.Infinite, gone), Task.Delay(TimeSpan.FromSeconds(10)));
            hungUp.SetResult(gone.IsCancellationRequested);
            return true;
        });

        Assert.Equal(ProviderFailure.Unavailable, (await FailureAsync(bench.CreateAsync)).Failure);
        Assert.True(await hungUp.Task);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "can’t be found")]
    [InlineData(HttpRequestError.ConnectionError, "can’t be reached")]
    [InlineData(HttpRequestError.SecureConnectionError, "certificate")]
    public async Task A_Zoom_that_cannot_be_reached_is_unavailable(HttpRequestError error, string says)
    {
        var provider = bench.NewProvider(new Broken(error));

        var failure = await FailureAsync(() => provider.CreateMeetingAsync(ZoomBench.Request, default).AsTask());

        Assert.Equal(ProviderFailure.Unavailable, failure.Failure);
        Assert.Contains(says, failure.Message);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_that_Zoom_failed()
    {
        using var stop = new CancellationTokenSource();
        Zoom.Once("GET", "/meetings", async http =>
        {
            await stop.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(5), http.RequestAborted).ContinueWith(_ => { });
            return true;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await bench.Provider.CreateMeetingAsync(ZoomBench.Request, stop.Token));
    }

    private static Task<ProviderException> FailureAsync(Func<Task> act) => Assert.ThrowsAsync<ProviderException>(act);

    private sealed class Broken(HttpRequestError error) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(error);
    }
}
