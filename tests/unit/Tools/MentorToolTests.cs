using System.Net;
using System.Web;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.People.Accounts;
using Portal.ProviderHost;
using Tests.Support;

namespace Tests.Tools;

/// <summary>What a tool leaves to mentors, and mentors' own accounts there.</summary>
public sealed class MentorToolTests(ToolBench bench) : IClassFixture<ToolBench>
{
    private const string Page = "/settings/tool";
    private const string Back = "/settings/tool/connected";

    private async Task<(PortalUser Mentor, HttpClient Browser, ProviderAccount Account)> MentorAsync()
    {
        var account = await bench.AddAsync(("Server", "own"), ("LeavesRecording", "true"), ("Connects", "true"));
        var mentor = await bench.Scene.MentorAsync(
            profile: m => (m.ProviderId, m.ProviderAccountId) = (ToolBench.Tool, account.Id));
        return (mentor, await bench.Scene.BrowserAsync(mentor), account);
    }

    private static async Task<string> StateAsync(HttpClient browser)
    {
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync(Page));
        var from = page.IndexOf("https://sample.example/consent", StringComparison.Ordinal);
        Assert.True(from > 0, "No consent page is linked.");
        var query = HttpUtility.ParseQueryString(new Uri(page[from..page.IndexOf('"', from)]).Query);
        Assert.Equal("http://portal.test" + Back, query["back"]);
        return query["state"]!;
    }

    private static async Task<HttpResponseMessage> FinishAsync(HttpClient browser, string state, string code) =>
        await Forms.PostAsync(browser, $"{Back}?code=x", new() { ["state"] = state, ["code"] = code }, Back);

    private Task<int> ConnectedAsync(Guid mentor) =>
        bench.App.InDatabaseAsync(db => db.MentorToolAccounts.CountAsync(m => m.UserId == mentor));

    [Theory]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    public async Task What_a_mentor_decides_goes_with_every_join(string choice, string handed)
    {
        var (mentor, browser, _) = await MentorAsync();
        Assert.Contains("Record the session", await browser.GetStringAsync(Page));
        using (var saved = await Forms.PostAsync(browser, Page, new()
        {
            ["Input.ProviderId"] = ToolBench.Tool,
            ["Input.ChoicesOf"] = ToolBench.Tool,
            ["Input.Choices[record]"] = choice,
            ["Input.Choices[no-such-choice]"] = "true",
        }))
            Assert.Equal(Page, saved.Headers.Location?.OriginalString);
        var stored = await bench.App.InDatabaseAsync(db =>
            db.MentorProfiles.Where(m => m.UserId == mentor.Id).Select(m => m.ToolChoices).SingleAsync());
        Assert.Equal(choice == "true" ? new Dictionary<string, bool> { ["record"] = true } : [], MentorChoices.Of(stored, ToolBench.Tool));

        var session = await bench.Scene.BookedAsync(mentor);
        Assert.EndsWith($"?server=own&record={handed}", await bench.JoinedAsync(session));
    }

    [Fact]
    public async Task A_mentor_connects_an_account_and_nobody_reads_its_secret_but_the_tool()
    {
        var (mentor, browser, account) = await MentorAsync();
        var state = await StateAsync(browser);
        using (var shown = await browser.GetAsync($"{Back}?state={Uri.EscapeDataString(state)}&code=alma"))
            Assert.True(shown.Headers.CacheControl?.NoStore);
        Assert.Equal(0, await ConnectedAsync(mentor.Id));
        using (var connected = await FinishAsync(browser, state, "alma"))
            Assert.Equal(Page, connected.Headers.Location?.OriginalString);
        Assert.Contains("alma@sample.example", await browser.GetStringAsync(Page));
        var row = await bench.App.InDatabaseAsync(db => db.MentorToolAccounts.AsNoTracking().SingleAsync(m => m.UserId == mentor.Id));
        Assert.DoesNotContain("secret-of", row.Secret);
        Task<string?> SecretAsync(Guid of) =>
            bench.App.InScopeAsync<MentorToolAccounts, string?>(m => m.SecretAsync(of, account.Id, default));
        Assert.Equal(("secret-of-alma", null), (await SecretAsync(mentor.Id), await SecretAsync(Guid.NewGuid())));

        using (await Forms.PostAsync(browser, Page, new() { ["providerId"] = ToolBench.Tool }, Page + "?handler=Disconnect")) { }
        Assert.Equal(0, await ConnectedAsync(mentor.Id));
        Assert.Contains("disconnected secret-of-alma", await File.ReadAllTextAsync(bench.Ended));
    }

    [Fact]
    public async Task The_way_back_is_good_once_for_this_mentor_in_this_browser_and_for_half_an_hour()
    {
        var (mentor, browser, _) = await MentorAsync();
        var (other, otherBrowser, _) = await MentorAsync();
        var secondBrowser = await bench.Scene.BrowserAsync(mentor);
        var state = await StateAsync(browser);
        foreach (var (who, what, code) in new[]
        {
            (otherBrowser, state, "alma"), (secondBrowser, state, "alma"), (browser, state[..^4] + "AAAA", "alma"), (browser, "", "alma"),
            (browser, state, ""), (browser, state, new string('x', 4001)),
        })
            using (var refused = await FinishAsync(who, what, code))
                Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using (var bad = await FinishAsync(browser, state, "bad"))
            Assert.Contains("The code is not good.", await bad.Content.ReadAsStringAsync());
        using (var used = await FinishAsync(browser, state, "alma"))
            Assert.Equal(HttpStatusCode.BadRequest, used.StatusCode);

        var late = await StateAsync(browser);
        bench.App.Clock.Advance(TimeSpan.FromMinutes(30));
        await bench.RenewAsync();
        using (var expired = await FinishAsync(browser, late, "alma"))
            Assert.Equal(HttpStatusCode.BadRequest, expired.StatusCode);
        Assert.Equal((0, 0), (await ConnectedAsync(mentor.Id), await ConnectedAsync(other.Id)));
    }

    [Fact]
    public async Task A_mentor_who_refuses_at_the_tool_is_told_that_nothing_was_changed()
    {
        var (_, browser, _) = await MentorAsync();
        Assert.Contains("Nothing was changed", await browser.GetStringAsync($"{Back}?error=access_denied&state=x"));
    }

    [Fact]
    public async Task A_deleted_account_takes_its_connected_accounts_along()
    {
        var (mentor, browser, _) = await MentorAsync();
        using (await FinishAsync(browser, await StateAsync(browser), "leila")) { }
        Assert.Equal(1, await ConnectedAsync(mentor.Id));
        using (await Forms.PostAsync(browser, "/account/delete", new() { ["ProofPassword"] = Scene.Password })) { }
        Assert.Equal(0, await ConnectedAsync(mentor.Id));
        Assert.Contains("disconnected secret-of-leila", await File.ReadAllTextAsync(bench.Ended));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("no json", 0)]
    [InlineData("[]", 0)]
    [InlineData("{\"sample\":{\"record\":true}}", 1)]
    [InlineData("{\"other\":{\"record\":true}}", 0)]
    public void Stored_choices_that_cannot_be_read_count_as_never_made(string? stored, int count) =>
        Assert.Equal(count, MentorChoices.Of(stored, "sample").Count);
}
