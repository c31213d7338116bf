using System.Net;
using Tests.Support;

namespace Tests.Security;

public sealed class MethodGuardTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData("TRACE", "/", HttpStatusCode.NotImplemented)]
    [InlineData("TRACE", "/api/v1/sessions", HttpStatusCode.NotImplemented)]
    [InlineData("BREW", "/account/sign-in", HttpStatusCode.NotImplemented)]
    [InlineData("PROPFIND", "/css/base.css", HttpStatusCode.NotImplemented)]
    [InlineData("PUT", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/account/sign-in", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PATCH", "/healthz", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "/mentors", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/api/v1/sessions", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/", HttpStatusCode.OK)]
    [InlineData("HEAD", "/account/sign-in", HttpStatusCode.OK)]
    public async Task A_method_that_nothing_here_has_draws_no_page(string method, string path, HttpStatusCode expected)
    {
        using var answer = await app.Visitor().SendAsync(new(new HttpMethod(method), path));
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.MethodNotAllowed)
            Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/css/base.css")]
    [InlineData("/js/site.js")]
    [InlineData("/")]
    public async Task Text_says_how_it_is_encoded(string path)
    {
        using var answer = await app.Visitor().GetAsync(path);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet);
    }
}
