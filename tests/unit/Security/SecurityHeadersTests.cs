using Tests.Support;

namespace Tests.Security;

public sealed class SecurityHeadersTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(' ', values) : "";

    [Theory]
    [InlineData("/")]
    [InlineData("/account/sign-in")]
    [InlineData("/sessions")]
    [InlineData("/nothing-here")]
    [InlineData("/join/no-ticket")]
    [InlineData("/meeting/0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d")]
    [InlineData("/api/v1/sessions")]
    [InlineData("/api/nothing-here")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/css/base.css")]
    [InlineData("/error/404")]
    public async Task Every_answer_tells_the_browser_what_it_may_not_do(string path)
    {
        using var answer = await app.Visitor().GetAsync(path);
        var policy = Header(answer, "Content-Security-Policy");
        Assert.All(new[] { "default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'" },
            p => Assert.Contains(p, policy));
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal(("nosniff", "no-referrer", "same-origin"),
            (Header(answer, "X-Content-Type-Options"), Header(answer, "Referrer-Policy"), Header(answer, "Cross-Origin-Opener-Policy")));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"));
    }

    [Fact]
    public async Task The_door_lets_its_form_lead_to_a_meeting_tool_and_nothing_more()
    {
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MenteePart);
        scene.GoTo(session);
        using var shown = await app.Visitor().GetAsync(link);
        using var entered = await app.Visitor().PostAsync(link, null);
        foreach (var answer in new[] { shown, entered })
        {
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }
        var policy = Header(shown, "Content-Security-Policy").Split("; ");
        // A browser holds redirects after a form against form-action; the host itself would tell where the meeting is.
        Assert.Contains("form-action 'self' https:", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("frame-src 'self'", policy);
    }

    [Fact]
    public async Task No_page_of_ours_holds_inline_script_or_style()
    {
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var browser = await scene.BrowserAsync(session.Mentor);
        foreach (var path in new[] { "/sessions", $"/sessions/{session.Id}", "/mentors", $"/mentors/{session.Mentor.Id}", "/settings",
            "/account/profile", await scene.LinkAsync(session.MentorPart) })
        {
            var text = await browser.GetStringAsync(path);
            Assert.DoesNotMatch("<script(?![^>]*\\ssrc=)[^>]*>", text);
            Assert.DoesNotMatch("\\s(style|on[a-z]+)=\"", text);
            Assert.DoesNotContain("<style", text);
        }
    }
}
