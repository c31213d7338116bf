using System.Net;
using System.Net.Http.Json;
using Tests.Support;

namespace Tests.Security;

/// <summary>Requests that a page of somebody else makes a browser send.</summary>
public sealed class CrossSiteTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => a.With("Cors:Origins:0", "https://app.example"));
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.NoContent)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://portal.test.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://portal.test", HttpStatusCode.NoContent)]
    public async Task A_browser_with_a_cookie_changes_something_only_from_a_page_of_ours(
        string header, string value, HttpStatusCode expected)
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        browser.DefaultRequestHeaders.Add(header, value);
        using var answer = await browser.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "forged" });
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("Basic eDp5")]
    [InlineData("Negotiate x")]
    [InlineData("")]
    public async Task A_header_that_signs_nobody_in_is_no_leave_for_a_cookie(string header)
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        browser.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        using var answer = await browser.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "forged" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_program_with_a_token_may_call_from_a_page_anywhere()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        program.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "Ill" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://app.example.evil.example", false)]
    [InlineData("http://app.example", false)]
    [InlineData("null", false)]
    public async Task Pages_read_the_api_only_from_the_origins_that_are_configured(string origin, bool allowed)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Options, "/api/v1/sessions");
        ask.Headers.Add("Origin", origin);
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        ask.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var answer = await _app.Visitor().SendAsync(ask);
        Assert.Equal(allowed ? origin
            : null, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var found) ? found.Single() : null);
        // Cookies never travel there: a page elsewhere brings a token.
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
