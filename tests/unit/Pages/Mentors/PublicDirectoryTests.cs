using System.Net;
using System.Text.RegularExpressions;
using Localization;
using Tests.Support;

namespace Tests.Pages.Mentors;

/// <summary>What somebody without an account sees of the mentors, and where a picked time goes meanwhile.</summary>
public sealed class PublicDirectoryTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private string At(int hours = 0) =>
        _scene.Slot.AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static string Picked(Guid mentor, string start) => $"/mentors/{mentor}?start={Uri.EscapeDataString(start)}";

    [Fact]
    public async Task A_visitor_finds_a_mentor_and_the_free_times()
    {
        var mentor = await _scene.MentorAsync("Visible Mentor");
        var visitor = app.Visitor();
        Assert.Contains($"href=\"/mentors/{mentor.Id}\"", await visitor.GetStringAsync("/mentors?q=visible"));
        Assert.Contains($"data-start=\"{At()}\"", await visitor.GetStringAsync($"/mentors/{mentor.Id}?day={At()[..10]}"));
    }

    [Fact]
    public async Task Where_the_directory_is_not_public_a_visitor_is_asked_to_sign_in()
    {
        await using var own = await PortalApp.StartAsync(a => a.With("Mentors:PublicDirectory", "false"));
        var mentor = await new Scene(own).MentorAsync("Hidden Mentor");
        foreach (var page in new[] { "/mentors", $"/mentors/{mentor.Id}", Picked(mentor.Id, At()) })
        {
            using var answer = await own.Visitor().GetAsync(page);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/account/sign-in?", answer.Headers.Location!.OriginalString);
        }
        Assert.DoesNotContain("Hidden Mentor", await own.Visitor().GetStringAsync("/"));
        Assert.DoesNotContain("Hidden Mentor",
            await own.Visitor().GetStringAsync("/account/sign-up?returnUrl=" + Uri.EscapeDataString(Picked(mentor.Id, At()))));
    }

    [Fact]
    public async Task A_picked_time_is_kept_through_signing_up_and_signing_in()
    {
        var mentor = await _scene.MentorAsync("Picked Mentor");
        var browser = app.Visitor();
        using var asked = await browser.GetAsync(Picked(mentor.Id, At()));
        var signUp = asked.Headers.Location!.OriginalString;
        Assert.StartsWith("/account/sign-up?returnUrl=%2Fmentors%2F", signUp);
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync(signUp));
        Assert.Contains("Picked Mentor", Regex.Match(page, "<div class=\"notice\" id=\"picked\">.*?</div>", RegexOptions.Singleline).Value);

        var person = await _scene.PersonAsync();
        using var made = await Forms.PostAsync(browser, signUp, new()
        {
            ["Name"] = "Nora New",
            ["Email"] = $"nora{Guid.NewGuid():N}@people.example",
            ["Language"] = Languages.English,
            ["Zone"] = "Africa/Cairo",
            ["returnUrl"] = Picked(mentor.Id, At()),
        }, "/account/sign-up");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        // The mail's link says nothing of it; this browser does.
        using var signedIn = await Forms.PostAsync(browser, "/account/sign-in",
            new() { ["Email"] = person.Email!, ["Password"] = Scene.Password });
        Assert.Equal(Picked(mentor.Id, At()), signedIn.Headers.Location?.OriginalString);
        Assert.Contains("name=\"start\"", await browser.GetStringAsync(signedIn.Headers.Location));
        // Once: from then on one's sessions are where they are.
        Assert.Contains("id=\"ahead\"", await browser.GetStringAsync("/sessions"));
    }

    [Fact]
    public async Task Whichever_way_leads_to_the_own_sessions_goes_on_to_the_picked_time()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sessions");
        request.Headers.TryAddWithoutValidation("Cookie", $"next={Uri.EscapeDataString(Picked(mentor.Id, At()))}");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(Picked(mentor.Id, At()), answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Nothing_but_a_path_of_the_portal_is_kept(string returnUrl)
    {
        var browser = app.Visitor();
        using var made = await Forms.PostAsync(browser, "/account/sign-up", new()
        {
            ["Name"] = "Nora New",
            ["Email"] = $"nora{Guid.NewGuid():N}@people.example",
            ["Language"] = Languages.English,
            ["Zone"] = "Africa/Cairo",
            ["returnUrl"] = returnUrl,
        });
        using var signedIn = await Forms.PostAsync(browser, "/account/sign-in",
            new() { ["Email"] = (await _scene.PersonAsync()).Email!, ["Password"] = Scene.Password });
        Assert.Equal("/sessions", signedIn.Headers.Location?.OriginalString);
    }

    [Fact, Trait("Clock", "moves")]
    public async Task A_time_that_was_taken_meanwhile_is_said_to_be_gone_before_anything_is_typed()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        var page = await browser.GetStringAsync(Picked(session.Mentor.Id, At()));
        Assert.Contains("id=\"refusal\"", page);
        Assert.DoesNotContain("id=\"book\"", page);
        Assert.Contains($"data-start=\"{At(1)}\"", page);
    }

    [Fact]
    public async Task Times_are_written_in_the_zone_that_the_browser_has_noted()
    {
        var mentor = await _scene.MentorAsync("Zoned Mentor", zone: "Europe/London");
        var path = $"/mentors/{mentor.Id}";
        Assert.Contains("London time", await app.Visitor().GetStringAsync(path));
        foreach (var (noted, shown) in new[] { ("Asia%2FTokyo", "Tokyo time"), ("No%2FWhere", "London time") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Cookie", $"zone={noted}");
            using var answer = await app.Visitor().SendAsync(request);
            Assert.Contains(shown, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_mentor_without_hours_is_told_what_is_missing_and_is_not_listed()
    {
        var mentor = await _scene.MentorAsync("Fresh Mentor", m => m.Hours.Clear());
        var browser = await _scene.BrowserAsync(mentor);
        Assert.DoesNotContain("Fresh Mentor", await app.Visitor().GetStringAsync("/mentors?q=fresh"));
        var page = await browser.GetStringAsync("/sessions");
        Assert.Contains("data-step=\"/settings/hours\" data-done=\"false\"", page);
        Assert.DoesNotContain("id=\"first-steps\"", await (await _scene.BrowserAsync(await _scene.MentorAsync(
            profile: m => m.Headline = "Ready"))).GetStringAsync("/sessions"));
    }
}
