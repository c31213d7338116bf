using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Pages.Mentors;

public sealed class BookPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private string At(int hours = 0) =>
        _scene.Slot.AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<HttpResponseMessage> BookAsync(HttpClient browser, Guid mentor, string start, string topic = "Career talk") =>
        await Forms.PostAsync(browser, $"/mentors/{mentor}?start={Uri.EscapeDataString(At())}",
            new() { ["start"] = start, ["Input.Topic"] = topic }, $"/mentors/{mentor}");

    [Fact, Trait("Clock", "moves")]
    public async Task From_the_list_of_mentors_through_a_time_to_a_booked_session()
    {
        var mentor = await _scene.MentorAsync("Zaynab Mentor");
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        var page = $"/mentors/{mentor.Id}?day={At()[..10]}";
        Assert.Contains("Zaynab Mentor", await browser.GetStringAsync("/mentors"));
        Assert.Contains($"data-start=\"{At()}\"", await browser.GetStringAsync(page));

        using var booked = await BookAsync(browser, mentor.Id, At());
        Assert.Equal(HttpStatusCode.Redirect, booked.StatusCode);
        var shown = await browser.GetStringAsync(booked.Headers.Location);
        Assert.Contains("Career talk", shown);
        Assert.Contains("id=\"booked\"", shown);
        Assert.DoesNotContain($"data-start=\"{At()}\"", await browser.GetStringAsync(page));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task A_slot_that_somebody_else_took_is_a_clear_conflict_with_the_next_free_times()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        using var answer = await BookAsync(browser, session.Mentor.Id, At());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("id=\"refusal\"", text);
        Assert.DoesNotContain($"data-start=\"{At()}\"", text);
        Assert.Contains($"data-start=\"{At(1)}\"", text);
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Whoever_comes_later_finds_the_group_and_the_seats_that_are_left()
    {
        var kind = new SessionKind { Name = "Writing circle", Minutes = 60, Capacity = 3 };
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(kind));
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        using var first = await program.PostAsJsonAsync("/api/v1/sessions", new { mentorId = mentor.Id, start = _scene.Slot, kindId = kind.Id });
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        var page = await browser.GetStringAsync($"/mentors/{mentor.Id}?kind={kind.Id}&start={At()}");
        Assert.Contains("id=\"book\"", page);
        Assert.Contains("2 seats left", page);
    }

    [Fact]
    public async Task A_time_into_an_own_session_is_a_conflict_and_a_time_that_is_not_offered_cannot_be_had()
    {
        var (mentor, session) = (await _scene.MentorAsync(), await _scene.BookedAsync());
        var browser = await _scene.BrowserAsync(session.Mentee);
        using var overlap = await BookAsync(browser, mentor.Id, At());
        using var odd = await BookAsync(browser, mentor.Id, _scene.Slot.AddMinutes(90).ToString("O"));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity), (overlap.StatusCode, odd.StatusCode));
    }

    [Theory]
    [InlineData("", "Career talk")]
    [InlineData("tomorrow", "Career talk")]
    [InlineData("0001-01-01T00:00:00Z", "Career talk")]
    [InlineData("9999-12-31T23:59:59Z", "Career talk")]
    [InlineData("SLOT", "")]
    [InlineData("SLOT", "   ")]
    [InlineData("SLOT", "LONG")]
    public async Task A_form_that_does_not_fit_comes_back_with_what_is_wrong(string start, string topic)
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        using var answer = await BookAsync(browser, mentor.Id, start.Replace("SLOT", At()),
            topic.Replace("LONG", new string('x', 100_000)));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await app.InDatabaseAsync(db => db.Sessions.AnyAsync(s => s.MentorId == mentor.Id)));
    }

    [Theory]
    [InlineData("?start=0001-01-01T00:00:00%2B14:00")]
    [InlineData("?start=9999-12-31T23:59:59-14:00")]
    [InlineData("?start=abc&skip=abc")]
    [InlineData("?skip=-5")]
    [InlineData("?skip=2147483647")]
    [InlineData("?skip=99999999999999999999")]
    [InlineData("?start=%00&skip=%00")]
    public async Task Whatever_the_address_says_the_page_is_shown(string query)
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        using var answer = await browser.GetAsync($"/mentors/{mentor.Id}{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_books_nothing()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        using var answer = await browser.PostAsync($"/mentors/{mentor.Id}",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["start"] = At(), ["Input.Topic"] = "x" }));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await app.InDatabaseAsync(db => db.Sessions.AnyAsync(s => s.MentorId == mentor.Id)));
    }

    [Fact]
    public async Task Who_is_no_mentor_has_no_times()
    {
        var person = await _scene.PersonAsync();
        var browser = await _scene.BrowserAsync(person);
        foreach (var id in new[] { person.Id.ToString(), Guid.NewGuid().ToString(), "no-id", "%C0%80" })
        {
            using var answer = await browser.GetAsync($"/mentors/{id}");
            Assert.Equal((id, HttpStatusCode.NotFound), (id, answer.StatusCode));
        }
    }
}
