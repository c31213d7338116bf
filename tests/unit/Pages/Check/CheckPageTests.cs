using System.Net;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Pages.Check;

public sealed class CheckPageTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private readonly PortalApp _app = selfHosted.App;

    private static async Task<(string Policy, string Permissions, string Text)> GetAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Headers.GetValues("Content-Security-Policy").Single(), answer.Headers.GetValues("Permissions-Policy").Single(),
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_stranger_may_try_their_devices_and_is_not_told_where_meetings_are()
    {
        var (policy, permissions, text) = await GetAsync(_app.Visitor(), "/check");
        Assert.Contains("camera=(self), microphone=(self)", permissions);
        Assert.Contains("connect-src 'self';", policy);
        Assert.DoesNotContain("meet.example.org", text + policy);
    }

    [Fact]
    public async Task Who_has_an_account_tries_the_meeting_server_as_well()
    {
        var scene = new Scene(_app);
        var (policy, _, text) = await GetAsync(await scene.BrowserAsync(await scene.PersonAsync()), "/check");
        Assert.Contains("connect-src 'self' https://meet.example.org;", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("data-servers=\"https://meet.example.org\"", text);
    }

    [Fact]
    public async Task No_other_page_gets_camera_or_microphone()
    {
        foreach (var path in new[] { "/", "/mentors", "/account/sign-in" })
            Assert.Contains("camera=(), microphone=()", (await GetAsync(_app.Visitor(), path)).Permissions);
    }
}
