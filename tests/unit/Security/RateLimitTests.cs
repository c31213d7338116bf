using System.Net.Http.Json;
using Tests.Support;

namespace Tests.Security;

public sealed class RateLimitTests : IAsyncLifetime
{
    private const int PerMinute = 3;

    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a =>
        {
            a.With("RateLimits:Enabled", "true").With("RateLimits:SignInPerMinute", "3");
            foreach (var what in new[] { "Join", "Tokens", "Booking" })
                a.With($"RateLimits:{what}PerMinute", "3");
        });
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private static async Task<List<int>> RepeatAsync(Func<Task<HttpResponseMessage>> call, int times = PerMinute + 2)
    {
        var found = new List<int>();
        for (var i = 0; i < times; i++)
        {
            using var answer = await call();
            found.Add((int)answer.StatusCode);
            if (found[^1] == 429)
                Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta);
        }
        return found;
    }

    [Fact]
    public async Task Guessing_passwords_is_stopped_with_a_problem()
    {
        var visitor = _app.Visitor();
        Task<HttpResponseMessage> Guess() =>
            visitor.PostAsJsonAsync("/api/v1/sign-in", new { email = "nobody@people.example", password = "guess" });
        Assert.Equal([401, 401, 401, 429, 429], await RepeatAsync(Guess));
        using var refused = await Guess();
        await refused.ProblemAsync(429);
    }

    [Fact]
    public async Task The_door_is_limited_and_answers_people_with_a_page()
    {
        var visitor = _app.Visitor();
        Assert.Equal([404, 404, 404, 429, 429], await RepeatAsync(() => visitor.GetAsync("/join/AAAA")));
        using var refused = await visitor.GetAsync("/join/AAAA");
        Assert.Equal("text/html", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Each_person_has_an_allowance_of_their_own()
    {
        var session = await _scene.BookedAsync();
        var (mentor, mentee) = (await _scene.ProgramAsync(session.Mentor), await _scene.ProgramAsync(session.Mentee));
        Assert.Equal([204, 204, 204, 429, 429],
            await RepeatAsync(() => mentor.PostAsync($"/api/mentoring/session/{session.Id}/generate-link", null)));
        Assert.Equal([403, 403, 403, 429],
            await RepeatAsync(() => mentee.PostAsync($"/api/mentoring/session/{session.Id}/generate-link", null), 4));
    }

    [Fact]
    public async Task Looking_at_free_times_is_no_booking()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        Assert.Equal([200, 200, 200, 200, 200], await RepeatAsync(() => browser.GetAsync($"/mentors/{mentor.Id}")));
    }
}
