using System.Net.Http.Json;
using Tests.Support;

namespace Tests.Security;

/// <summary>What a request says about where it came from is believed from the proxies that were named, and from nobody else.</summary>
public sealed class ForwardedHeadersTests
{
    [Theory]
    [InlineData("", "192.0.2.1", false)]
    [InlineData("", "::ffff:192.0.2.1", false)]
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
        await using var app = await StartAsync(trusted);
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
            statuses.Add(await GuessAsync(Peers.Of(app, peer, $"198.51.100.{i}")));
        Assert.Equal(believed ? [401, 401, 401, 401, 401] : [401, 401, 401, 429, 429], statuses);
    }

    [Fact]
    public async Task Behind_one_proxy_what_the_client_wrote_itself_is_not_believed()
    {
        await using var app = await StartAsync("10.9.9.9");
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++) // the proxy adds the real address at the end
            statuses.Add(await GuessAsync(Peers.Of(app, "10.9.9.9", $"203.0.113.{i}, 198.51.100.7")));
        Assert.Equal([401, 401, 401, 429, 429], statuses);
    }

    [Theory]
    [InlineData("", "192.0.2.1", false)]
    [InlineData("10.9.9.9", "10.9.9.9", true)]
    public async Task Https_is_believed_from_a_named_proxy_alone_and_a_host_from_nobody(string trusted, string peer, bool believed)
    {
        await using var app = await StartAsync(trusted);
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
    [InlineData("2001:db8:5:6::1", "2001:db8:5:7::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    public async Task A_limit_holds_for_what_one_subscriber_has(string first, string second, bool shared)
    {
        await using var app = await StartAsync("");
        for (var i = 0; i < 3; i++)
            Assert.Equal(401, await GuessAsync(Peers.Of(app, first)));
        Assert.Equal(shared ? 429 : 401, await GuessAsync(Peers.Of(app, second)));
    }

    private static Task<PortalApp> StartAsync(string trusted) => PortalApp.StartAsync(a =>
    {
        Peers.In(a).With("RateLimits:Enabled", "true").With("RateLimits:SignInPerMinute", "3");
        if (trusted.Length > 0)
            a.With("Portal:TrustedProxies:0", trusted);
    });

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
