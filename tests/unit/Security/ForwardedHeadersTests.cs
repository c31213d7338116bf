using System.Net.Http.Json;
using Tests.Support;

namespace Tests.Security;

/// <summary>One portal for each list of proxies that are trusted, started when a test asks for it.</summary>
public sealed class TrustingPortals : IAsyncLifetime
{
    private readonly Dictionary<string, PortalApp> _started = [];

    public async Task<PortalApp> WhichTrustsAsync(string proxy)
    {
        if (!_started.TryGetValue(proxy, out var app))
            _started[proxy] = app = await PortalApp.StartAsync(a =>
            {
                Peers.In(a).With("RateLimits:Enabled", "true").With("RateLimits:SignInPerMinute", "3");
                if (proxy.Length > 0)
                    a.With("Portal:TrustedProxies:0", proxy);
            });
        return app;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var app in _started.Values)
            await app.DisposeAsync();
    }
}

/// <summary>What a request says about where it came from is believed from the proxies that were named, and from nobody else.</summary>
public sealed class ForwardedHeadersTests(TrustingPortals portals) : IClassFixture<TrustingPortals>
{
    // Those that trust the same proxies are one portal: every row has addresses of its own.
    [Theory]
    [InlineData("", "192.0.2.1", false)]
    [InlineData("", "::ffff:192.0.2.2", false)]
    [InlineData("", "127.0.0.1", false)]
    [InlineData("", "::1", false)]
    [InlineData("10.9.9.9", "192.0.2.1", false)]
    [InlineData("10.9.9.9", "10.9.9.9", true)]
    [InlineData("10.9.9.9", "::ffff:10.9.9.9", true)]
    [InlineData("::ffff:10.9.9.9", "10.9.9.9", true)]
    [InlineData("10.9.0.0/16", "10.9.4.4", true)]
    [InlineData("2001:db8:1::/64", "2001:db8:1::5", true)]
    [InlineData("2001:db8:1::/64", "2001:db8:2::5", false)]
    public async Task A_forged_address_is_no_way_round_a_limit(string trusted, string peer, bool believed)
    {
        var app = await portals.WhichTrustsAsync(trusted);
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
            statuses.Add(await GuessAsync(Peers.Of(app, peer, $"198.51.100.{i}")));
        Assert.Equal(believed ? [401, 401, 401, 401, 401] : [401, 401, 401, 429, 429], statuses);
    }

    [Fact]
    public async Task Behind_one_proxy_what_the_client_wrote_itself_is_not_believed()
    {
        var app = await portals.WhichTrustsAsync("10.9.9.9");
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++) // the proxy adds the real address at the end
            statuses.Add(await GuessAsync(Peers.Of(app, "10.9.9.9", $"203.0.113.{i}, 198.51.100.7")));
        Assert.Equal([401, 401, 401, 429, 429], statuses);
    }

    [Theory]
    [InlineData("", "192.0.2.21", false)]
    [InlineData("10.9.9.9", "10.9.9.9", true)]
    public async Task Https_is_believed_from_a_named_proxy_alone_and_a_host_from_nobody(string trusted, string peer, bool believed)
    {
        var app = await portals.WhichTrustsAsync(trusted);
        var person = await new Scene(app).PersonAsync();
        using var browser = Peers.Of(app, peer, forwardedProto: "https");
        using var answer = await Forms.PostAsync(browser, "/account/sign-in",
            new() { ["Email"] = person.Email!, ["Password"] = Scene.Password });
        Assert.Equal("/sessions", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.Contains("known-browser", StringComparison.Ordinal));
        Assert.Equal(believed, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        using var closed = await Peers.Of(app, peer, forwardedProto: "https").GetAsync("/account/profile");
        Assert.StartsWith("/account/sign-in?", closed.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("2001:db8:5:6::1", "2001:db8:5:6:ffff::9", true)]
    [InlineData("2001:db8:6:6::1", "2001:db8:6:7::1", false)]
    [InlineData("192.0.2.11", "192.0.2.12", false)]
    [InlineData("192.0.2.13", "::ffff:192.0.2.13", true)]
    public async Task A_limit_holds_for_what_one_subscriber_has(string first, string second, bool shared)
    {
        var app = await portals.WhichTrustsAsync("");
        for (var i = 0; i < 3; i++)
            Assert.Equal(401, await GuessAsync(Peers.Of(app, first)));
        Assert.Equal(shared ? 429 : 401, await GuessAsync(Peers.Of(app, second)));
    }

    private static async Task<int> GuessAsync(HttpClient client)
    {
        using (client)
        {
            using var answer = await client.PostAsJsonAsync("/api/v1/sign-in",
                new { email = $"p{Guid.NewGuid():N}@people.example", password = "a guess" });
            return (int)answer.StatusCode;
        }
    }
}
