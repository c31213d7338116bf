using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Portal;
using Portal.Security;
using Portal.Settings;
using Tests.Support;

namespace Tests.Security;

/// <summary>A portal whose public address is https, reached so or through a proxy that nobody named.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private PortalApp _app = null!;

    public async Task InitializeAsync() =>
        _app = await PortalApp.StartAsync(a => a.With("Portal:PublicUrl", "https://portal.test"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private HttpClient Visitor(string address) =>
        _app.CreateDefaultClient(new Uri(address), new ClockCookies(_app.Clock));

    private static List<SetCookieHeaderValue> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. SetCookieHeaderValue.ParseList([.. set])] : [];

    [Theory]
    [InlineData("https://portal.test")]
    [InlineData("http://portal.test")]
    public async Task Every_cookie_is_secure_and_of_this_host_alone_whatever_the_request_looks_like(string address)
    {
        _app.ClientOptions.BaseAddress = new(address);
        var scene = new Scene(_app);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        var seen = new List<SetCookieHeaderValue>();
        var browser = _app.CreateDefaultClient(new Uri(address), new Keeping(seen), new HttpsOnly(_app));
        using (await Forms.PostAsync(browser, "/account/sign-in", new() { ["Email"] = session.Mentee.Email!, ["Password"] = Scene.Password }))
        using (await Forms.PostAsync(browser, "/account/profile", new() { ["Name"] = "Maha", ["Language"] = "en", ["Zone"] = "Etc/UTC" }))
        using (await Forms.PostAsync(browser, "/sessions", new() { ["language"] = "ar", ["returnUrl"] = "/" }, LanguagePath))
        using (var entered = await browser.PostAsync(await scene.LinkAsync(session.MenteePart), null))
            Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);

        var names = seen.Select(c => c.Name.Value!).Distinct().ToList();
        foreach (var part in new[] { "Identity.Application", "Antiforgery", "Notice", "language" })
            Assert.Contains(names, n => n.EndsWith(part, StringComparison.Ordinal));
        Assert.All(seen, c => Assert.True(
            c.Name.Value!.StartsWith("__Host-", StringComparison.Ordinal) && c.Secure && c.HttpOnly && c.Path == "/" && !c.Domain.HasValue,
            $"{c}"));
    }

    [Fact]
    public async Task A_room_opens_by_its_own_cookie_alone()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Portal:PublicUrl", "https://portal.test")
            .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
            .With("Providers:jitsi:AppId", "majlis").With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-or-some-more"));
        app.ClientOptions.BaseAddress = new("https://portal.test");
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var other = await scene.BookedAsync();
        scene.GoTo(session);
        var browser = app.Visitor();
        using var entered = await browser.PostAsync(await scene.LinkAsync(session.MenteePart), null);
        var cookie = Assert.Single(Cookies(entered));
        Assert.Equal(($"__Host-room-{session.Id:N}", "/", true), (cookie.Name.Value, cookie.Path.Value, cookie.Secure));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/meeting/{session.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/meeting/{other.Id}")).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/css/base.css")]
    [InlineData("/api/v1/sessions")]
    [InlineData("/nothing-here")]
    public async Task Browsers_are_told_to_come_by_https_for_a_year(string path)
    {
        using var answer = await Visitor("https://portal.test").GetAsync(path);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task A_proxy_that_is_not_named_is_told_once_in_the_log_and_to_the_administrator()
    {
        using (await Visitor("https://portal.test").GetAsync("/"))
        using (await Visitor("http://10.0.0.1:8080").GetAsync("/healthz"))
            Assert.DoesNotContain("Portal:TrustedProxies", _app.Log.Text);
        int Told() => _app.Log.Text.Split("name the reverse proxy in Portal:TrustedProxies").Length - 1;
        using (await Visitor("http://portal.test").GetAsync("/"))
            Assert.True(Told() > 0);
        var once = Told();
        using (await Visitor("http://portal.test").GetAsync("/"))
            Assert.Equal(once, Told());

        _app.ClientOptions.BaseAddress = new("https://portal.test");
        var scene = new Scene(_app);
        var page = await (await scene.BrowserAsync(await scene.AdminAsync())).GetStringAsync("/admin");
        Assert.Contains("Portal:TrustedProxies", page);
    }

    [Theory]
    [InlineData("GET", "/mentors?q=a%20b", "https://portal.test/mentors?q=a%20b")]
    [InlineData("POST", "/account/sign-in", null)]
    [InlineData("GET", "/api/v1/sessions", null)]
    public void Who_came_to_a_named_proxy_without_encryption_is_sent_to_https(string method, string path, string? target)
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "http", new("portal.test"));
        (request.Path, request.QueryString) = (path.Split('?')[0], new(path.Contains('?') ? path[path.IndexOf('?')..] : ""));
        request.Headers["X-Original-Proto"] = "http";
        Assert.Equal(target, _app.Services.GetRequiredService<HttpsWatch>().Judge(request)?.AbsoluteUri);
    }

    [Theory]
    [InlineData("Production", "http://portal.example.org", false, false)]
    [InlineData("Staging", "http://portal.example.org", false, false)]
    [InlineData("Production", "http://portal.example.org", true, true)]
    [InlineData("Production", "https://portal.example.org", false, true)]
    [InlineData("Development", "http://portal.example.org", false, true)]
    public void Outside_of_development_the_public_address_is_https(string environment, string address, bool allowed, bool starts)
    {
        var options = Options.Create(new PortalOptions { PublicUrl = address, AllowHttp = allowed });
        var checks = new PublicAddress(options, null!, new HostingEnvironment { EnvironmentName = environment });
        var start = Record.Exception(checks.Check);
        Assert.Equal(starts ? null : typeof(StartupException), start?.GetType());
        if (!starts)
            Assert.Contains("Portal:AllowHttp", start!.Message);
    }

    private const string LanguagePath = "/language";

    /// <summary>Notes each cookie that was set.</summary>
    private sealed class Keeping(List<SetCookieHeaderValue> seen) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            seen.AddRange(Cookies(answer));
            return answer;
        }
    }

    /// <summary>A browser in front of the proxy, which knows nothing of what the portal sees: it keeps what came by https.</summary>
    private sealed class HttpsOnly(PortalApp app) : DelegatingHandler
    {
        private readonly Dictionary<string, string> _kept = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_kept.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", _kept.Select(c => $"{c.Key}={c.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in Cookies(answer).Where(c => c.Expires is null || c.Expires > app.Clock.GetUtcNow()))
                _kept[cookie.Name.Value!] = cookie.Value.Value!;
            return answer;
        }
    }
}
