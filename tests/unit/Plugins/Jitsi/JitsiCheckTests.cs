using Plugins.Jitsi;
using Providers;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

public sealed class JitsiCheckTests
{
    [Fact]
    public async Task A_good_server_is_found_good_in_everything_that_was_looked_at()
    {
        await using var server = new FakeJitsi();

        var check = await CheckAsync(server);

        Assert.True(check.Healthy, check.Message);
        Assert.All(check.Findings, f => Assert.True(f.Good, f.Text));
        Assert.Contains("is responding and runs", check.Message);
        foreach (var said in new[] { "clocks", "config.js", "accepts the portal’s tokens", "nobody in without a token", "itcom-session-" })
            Assert.Contains(check.Findings, f => f.Text.Contains(said));
        Assert.Equal(2 + 3 + 3, server.Asked.Count); // two pages; opened, signed in and left, with a token and without
        Assert.DoesNotContain(server.Asked, a => a.Contains(Secret));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "secret", "AppSecret isn’t the server’s secret" },
        { "issuer", "another AppId" },
        { "audience", "another Audience" },
        { "clock", "60 seconds by which tokens are back-dated" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_server_that_rejects_our_tokens_is_not_healthy_and_the_cause_is_said(string wrong, string says)
    {
        await using var server = wrong switch
        {
            "secret" => new FakeJitsi { Secret = new string('s', 40) },
            "issuer" => new FakeJitsi { Issuer = "Portal" },
            "audience" => new FakeJitsi { Audience = "school" },
            _ => new FakeJitsi { Clock = () => Meetings.Start.AddSeconds(-90) },
        };

        var check = await CheckAsync(server);

        Assert.False(check.Healthy);
        Assert.Contains(check.Findings, f => !f.Good && f.Text.Contains(says));
        Assert.Contains(check.Message, check.Findings.Where(f => !f.Good).Select(f => f.Text));
        Assert.DoesNotContain(check.Findings, f => f.Text.Contains(Secret));
    }

    [Theory]
    [InlineData(-90, false, "90 seconds behind")]
    [InlineData(-20, true, "20 seconds behind")]
    [InlineData(3, true, "clocks of the server and the portal agree")]
    [InlineData(40, true, "40 seconds ahead")]
    public async Task The_clocks_are_compared(int ahead, bool healthy, string says)
    {
        await using var server = new FakeJitsi { Clock = () => Meetings.Start.AddSeconds(ahead) };

        var check = await CheckAsync(server);

        Assert.Equal(healthy, check.Healthy);
        Assert.Contains(check.Findings, f => f.Text.Contains(says));
    }

    [Fact]
    public async Task People_without_a_token_who_could_connect_are_noticed()
    {
        await using var server = new FakeJitsi { LetsInWithoutToken = true };

        var check = await CheckAsync(server);

        Assert.True(check.Healthy);
        Assert.Contains("allow_empty_token", Assert.Single(check.Findings, f => !f.Good).Text);
    }

    public static TheoryData<string, string, bool, string> Odd => new()
    {
        { "/external_api.js", "404", false, "404" },
        { "/external_api.js", "500", false, "500" },
        { "/external_api.js", "half", false, "can’t be reached" },
        { "/config.js", "404", true, "has no config.js" },
        { "/http-bind", "404", true, "HTTP 404" },
        { "/http-bind", "502", true, "HTTP 502" },
        { "/http-bind", "half", false, "can’t be reached" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task What_else_a_server_answers_is_said_in_words(string path, string answer, bool healthy, string says)
    {
        await using var server = new FakeJitsi();
        server.Odd[path] = answer;
        // config.js is what names the domain.
        var check = await CheckAsync(server, o => o.XmppDomain = "meet.jitsi");

        Assert.Equal(healthy, check.Healthy);
        Assert.Contains(check.Findings, f => f.Text.Contains(says));
    }

    [Theory]
    [InlineData("/external_api.js")]
    [InlineData("/http-bind")]
    public async Task A_server_that_never_answers_is_given_up_in_time(string path)
    {
        await using var server = new FakeJitsi();
        server.Odd[path] = "never";
        var clock = new TestClock(Meetings.Start);
        var check = Provider(SelfHosted(), server.Way(), clock).CheckAsync(default).AsTask();
        while (!server.Asked.Any(a => a.Contains(path)))
            await Task.Delay(10);
        Assert.False(check.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(21));

        var found = await check.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.False(found.Healthy);
        Assert.Contains("didn’t respond in time", found.Message);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_answered_with_a_finding()
    {
        await using var server = new FakeJitsi();
        server.Odd["/external_api.js"] = "never";
        using var gone = new CancellationTokenSource(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Provider(SelfHosted(), server.Way()).CheckAsync(gone.Token));
    }

    [Fact]
    public async Task A_server_that_knows_another_domain_is_said_to_and_how_to_mend_it()
    {
        await using var server = new FakeJitsi { ConfigJs = "var config = { bosh: '/http-bind' };" };

        var check = await CheckAsync(server);

        Assert.True(check.Healthy);
        Assert.Contains("doesn’t know the XMPP domain meet.example.org", Assert.Single(check.Findings, f => !f.Good).Text);
        Assert.True((await CheckAsync(server, o => o.XmppDomain = "meet.jitsi")).Findings.All(f => f.Good));
    }

    [Theory]
    [InlineData("var config = { hosts: {\n  domain: 'meet.jitsi',\n} };")]
    [InlineData("var config = {};\nconfig.hosts.domain = \"meet.jitsi\";\nconfig.hosts.muc = 'muc.meet.jitsi';")]
    public async Task The_domain_is_read_from_the_servers_settings(string config)
    {
        await using var server = new FakeJitsi { ConfigJs = config };

        Assert.Contains((await CheckAsync(server)).Findings, f => f.Text.Contains("accepts the portal’s tokens"));
    }

    private const string CutsFrames = "var config = { hosts: { domain: 'meet.jitsi' }, disableIframeAPI: true };";

    [Fact]
    public async Task A_server_of_ones_own_that_cuts_embedded_meetings_is_not_healthy()
    {
        await using var server = new FakeJitsi { ConfigJs = CutsFrames };

        var check = await CheckAsync(server);

        Assert.False(check.Healthy);
        Assert.Contains("after five minutes (disableIframeAPI", Assert.Single(check.Findings, f => !f.Good).Text);
        var early = await CheckAsync(server, o => o.PublicWhileSettingUp = true);
        Assert.True(early.Healthy); // people meet elsewhere
        Assert.Contains(early.Findings, f => f.Text.Contains("isn’t ready yet"));
    }

    [Theory]
    [InlineData(JitsiMode.Public)]
    [InlineData(JitsiMode.Jaas)]
    public async Task Where_nobody_is_cut_off_that_setting_is_no_finding(JitsiMode mode)
    {
        await using var server = new FakeJitsi { ConfigJs = CutsFrames };
        (server.Pages[$"/{JaasApp}/config.js"], server.Pages[$"/{JaasApp}/external_api.js"]) = (CutsFrames, server.Script);

        var check = await Provider(mode == JitsiMode.Jaas ? Jaas() : new JitsiOptions(), server.Way()).CheckAsync(default);

        Assert.Contains(check.Findings, f => f.Text.Contains("has a config.js"));
        Assert.DoesNotContain(check.Findings, f => f.Text.Contains("disableIframeAPI"));
    }

    [Fact]
    public async Task Settings_with_very_many_empty_lines_are_read_in_time()
    {
        var empty = string.Concat(Enumerable.Repeat("\n ", 400_000));
        await using var server = new FakeJitsi { ConfigJs = empty + "\nvar config = { hosts: {\n domain: 'meet.jitsi' } };" };

        Assert.Contains((await CheckAsync(server)).Findings, f => f.Text.Contains("accepts the portal’s tokens"));
    }

    [Fact]
    public async Task What_a_server_says_when_it_hangs_up_is_one_short_line()
    {
        await using var server = new FakeJitsi();
        server.Pages["/http-bind"] = $"<body xmlns='http://jabber.org/protocol/httpbind' condition='&#10;{new string('z', 5000)}'/>";

        var text = Assert.Single((await CheckAsync(server)).Findings, f => f.Text.Contains("zzzz")).Text;

        Assert.Equal(160, text.Count(c => c == 'z'));
        Assert.DoesNotContain(text, char.IsControl);
    }

    [Fact]
    public async Task A_public_server_is_not_asked_about_tokens()
    {
        await using var server = new FakeJitsi();

        var check = await Provider(new JitsiOptions(), server.Way()).CheckAsync(default);

        Assert.True(check.Healthy);
        Assert.DoesNotContain(server.Asked, a => a.Contains("http-bind"));
    }

    [Fact]
    public async Task While_people_meet_on_the_public_server_their_own_is_looked_at_until_it_is_ready()
    {
        await using var server = new FakeJitsi { Issuer = "someone" };
        var options = SelfHosted();
        (options.PublicWhileSettingUp, options.AppSecret) = (true, "");
        var early = await Provider(options, server.Way()).CheckAsync(default);
        Assert.True(early.Healthy); // meetings can be held
        Assert.Contains(early.Findings, f => !f.Good && f.Text.Contains("AppSecret"));
        Assert.Contains(early.Findings, f => !f.Good && f.Text.Contains("isn’t ready yet"));

        options.AppSecret = Secret;
        var wrong = await Provider(options, server.Way()).CheckAsync(default);
        Assert.True(wrong.Healthy);
        Assert.Contains(wrong.Findings, f => !f.Good && f.Text.Contains("another AppId"));

        await using var good = new FakeJitsi();
        var ready = await Provider(options, good.Way()).CheckAsync(default);
        Assert.Contains(ready.Findings, f => f.Good && f.Text.Contains("switch PublicWhileSettingUp off"));
    }

    [Theory]
    [InlineData("Invalid signature", "AppSecret")]
    [InlineData("invalid 'iss' claim", "AppId")]
    [InlineData("'aud' claim is missing", "Audience")]
    [InlineData("Not acceptable by exp (5 sec since expired)", "clocks")]
    [InlineData("token required", "drops the query")]
    [InlineData("could not obtain public key", "public key")]
    [InlineData("'kid' claim is missing", "public key")]
    [InlineData("Invalid or incorrect alg", "algorithm")]
    [InlineData("user is banned", "The server says: user is banned")]
    public void The_servers_own_words_become_what_to_do(string reason, string says) =>
        Assert.Contains(says, SignInWords.Cause(reason, null));

    [Fact]
    public void A_signature_that_JaaS_does_not_know_is_about_the_key_and_not_about_a_secret()
    {
        Assert.Equal(Texts.CauseKey, SignInWords.Cause("Invalid signature", "a1b2c3"));
        Assert.Equal(Texts.CauseAudience, SignInWords.Cause("'aud' claim is missing", "a1b2c3"));
    }

    private static async Task<ProviderCheck> CheckAsync(FakeJitsi server, Action<JitsiOptions>? change = null)
    {
        var options = SelfHosted();
        change?.Invoke(options);
        return await Provider(options, server.Way()).CheckAsync(default);
    }
}
