using Plugins.Teams;
using Providers;
using Tests.Plugins.Vendors;
using Tests.Support;
using static Tests.Plugins.Teams.TeamsBench;

namespace Tests.Plugins.Teams;

public sealed class TeamsTroubleTests : IAsyncLifetime
{
    private readonly TeamsBench bench = new();

    private FakeGraph Graph => bench.Graph;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task The_administrator_is_told_the_exact_step_where_the_access_policy_is_missing()
    {
        Graph.HasPolicy = false;
        var refusal = await CreateAsync();
        Graph.HasPolicy = true;
        Graph.Next("/onlineMeetings", context => FakeGraph.ErrorAsync(
            context, 401, "Unauthorized", "App x is not authorized to Create meeting on behalf of user maha"));
        var older = await CreateAsync();

        Assert.Equal(ProviderFailure.Unauthorized, refusal.Failure);
        Assert.Contains($"New-CsApplicationAccessPolicy -Identity meetings-portal -AppIds \"{FakeGraph.Client}\"", refusal.Message);
        Assert.Contains("Grant-CsApplicationAccessPolicy -PolicyName meetings-portal -Global", refusal.Message);
        Assert.Equal(refusal.Message, older.Message);
    }

    [Fact]
    public async Task Missing_permissions_are_said_by_name()
    {
        Graph.Permissions.Clear();

        var refusal = await CreateAsync();

        Assert.Contains("OnlineMeetings.ReadWrite.All, OnlineMeetingArtifact.Read.All, User.Read.All", refusal.Message);
    }

    [Theory]
    [InlineData("AADSTS7000215", "not its ID")]
    [InlineData("AADSTS7000222", "has expired")]
    [InlineData("AADSTS700016", "doesn’t have this application")]
    [InlineData("AADSTS90002", "doesn’t know this tenant")]
    [InlineData("AADSTS53003", "AADSTS53003")]
    public async Task A_refused_sign_in_is_explained_by_its_number(string number, string says)
    {
        Graph.SignInError = number;

        var refusal = await CreateAsync();

        Assert.Equal(ProviderFailure.Unauthorized, refusal.Failure);
        Assert.Contains(says, refusal.Message);
        Assert.Contains(number, refusal.Message);
    }

    [Fact]
    public async Task A_wait_that_Microsoft_asks_for_is_handed_on()
    {
        Graph.NextStatus("/onlineMeetings", 429, retryAfter: "120");
        var busy = await CreateAsync();
        Graph.NextStatus("/onlineMeetings", 503, retryAfter: "7");
        var down = await CreateAsync();

        Assert.Equal((ProviderFailure.RateLimited, TimeSpan.FromSeconds(120)), (busy.Failure, busy.RetryAfter));
        Assert.Equal((ProviderFailure.Unavailable, TimeSpan.FromSeconds(7)), (down.Failure, down.RetryAfter));
        Graph.NextStatus("/onlineMeetings", 429, retryAfter: "Tue, 01 Dec 2026 08:00:00 GMT");
        Assert.Equal(TimeSpan.Zero, (await CreateAsync()).RetryAfter);
        Graph.NextStatus("/oauth2/", 429, """{"error":"temporarily_unavailable"}""", retryAfter: "33");
        var signIn = await CreateAsync();
        Assert.Equal((ProviderFailure.RateLimited, TimeSpan.FromSeconds(33)), (signIn.Failure, signIn.RetryAfter));
    }

    [Theory]
    [InlineData("/onlineMeetings")]
    [InlineData("/oauth2/")]
    public async Task An_answer_that_stalls_halfway_is_given_up_and_said_to_be_late(string part)
    {
        var stalled = Graph.NextStalled(part);
        var call = CreateAsync();
        await stalled;
        bench.Clock.ReachLimits();

        var late = await call.WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(ProviderFailure.Unavailable, late.Failure);
        Assert.Contains("in time", late.Message);
    }

    [Fact]
    public async Task Half_an_answer_and_none_and_one_that_is_no_JSON_are_its_trouble()
    {
        Graph.NextHalf("/onlineMeetings");
        Assert.Equal(ProviderFailure.Unavailable, (await CreateAsync()).Failure);
        Graph.NextSlow("/onlineMeetings");
        Assert.Contains("in time", (await CreateAsync(patience: TimeSpan.FromMilliseconds(300))).Message);
        Graph.NextStatus("/onlineMeetings", 200, "<html>");
        Assert.Equal(ProviderFailure.Unavailable, (await CreateAsync()).Failure);
        Graph.NextStatus("/onlineMeetings", 400, "<html>");
        Assert.Equal(ProviderFailure.Rejected, (await CreateAsync()).Failure);
        Graph.NextStatus("/oauth2/", 500, "<html>");
        Assert.Equal(ProviderFailure.Unavailable, (await CreateAsync()).Failure);
    }

    [Fact]
    public async Task A_token_is_kept_and_one_that_is_refused_is_renewed_once()
    {
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);
        await provider.ExistsAsync(handle, default);
        Assert.Equal(1, Graph.TokensGiven);
        Graph.ForgetTokens();

        Assert.True(await provider.ExistsAsync(handle, default));

        Assert.Equal(2, Graph.TokensGiven);
        Graph.NextStatus("/onlineMeetings", 401);
        Graph.NextStatus("/onlineMeetings", 401);
        var refusal = await RefusalAsync(async () => await provider.ExistsAsync(handle, default));
        Assert.Equal(ProviderFailure.Unauthorized, refusal.Failure);
    }

    [Fact]
    public async Task A_mentor_who_is_no_user_and_a_link_elsewhere_make_no_meeting()
    {
        var stranger = await RefusalAsync(
            async () => await bench.Provider().CreateMeetingAsync(Request with { MentorEmail = "someone@gmail.example" }, default));
        var nobody = await RefusalAsync(
            async () => await bench.Provider().CreateMeetingAsync(Request with { MentorEmail = null }, default));
        Graph.Link = "https://teams.microsoft.com.evil.example/meet/1";
        var elsewhere = await CreateAsync();

        Assert.Contains("doesn’t have this user", stranger.Message);
        Assert.Contains("no email address", nobody.Message);
        Assert.Equal(ProviderFailure.Rejected, elsewhere.Failure);
    }

    [Fact]
    public async Task Testing_the_connection_asks_for_what_only_the_policy_allows()
    {
        var options = Options();
        Assert.Contains("TestAccount", (await bench.Provider(options).CheckAsync(default)).Message);
        options.TestAccount = "maha@school.example";
        var good = await bench.Provider(options).CheckAsync(default);
        (Graph.HasPolicy, Graph.Ahead) = (false, TimeSpan.FromMinutes(2));
        Graph.Permissions.Remove("OnlineMeetingArtifact.Read.All");
        var bad = await bench.Provider(options).CheckAsync(default);

        Assert.True(good.Healthy, good.Message);
        Assert.Equal(5, good.Findings.Count);
        Assert.False(bad.Healthy);
        Assert.Contains(bad.Findings, f => !f.Good && f.Text.Contains("permissions: OnlineMeetingArtifact.Read.All."));
        Assert.Contains(bad.Findings, f => !f.Good && f.Text.Contains("New-CsApplicationAccessPolicy"));
        Graph.HasPolicy = true;
        Assert.Contains((await bench.Provider(options).CheckAsync(default)).Findings, f => !f.Good && f.Text.Contains("120 s"));
    }

    [Fact]
    public async Task Testing_the_connection_takes_no_users_id_on_trust()
    {
        var options = With(o => o.Organizer = FakeGraph.Maha);
        var good = await bench.Provider(options).CheckAsync(default);
        Graph.Next("/onlineMeetings", context => FakeGraph.ErrorAsync(context, 404, "NotFound"));
        var empty = await bench.Provider(options).CheckAsync(default);
        Graph.Next("/onlineMeetings", context => FakeGraph.ErrorAsync(context, 400, "BadRequest"));
        var odd = await bench.Provider(options).CheckAsync(default);
        var invented = await bench.Provider(With(o => o.Organizer = Guid.NewGuid().ToString())).CheckAsync(default);

        foreach (var check in new[] { good, empty })
        {
            Assert.True(check.Healthy, check.Message);
            Assert.Equal(4, check.Findings.Count);
            Assert.DoesNotContain(check.Findings, f => f.Text.Contains("is a user"));
        }
        foreach (var check in new[] { odd, invented })
        {
            Assert.Contains("doesn’t have this user", check.Message);
            Assert.DoesNotContain(check.Findings, f => f.Text.Contains("policy"));
        }
    }

    public static TheoryData<string, TeamsOptions> Bad => new()
    {
        { "Not set up", new TeamsOptions() },
        { "Tenant", With(o => o.Tenant = "common") },
        { "Tenant", With(o => o.Tenant = "a.example/../b") },
        { "ClientId", With(o => o.ClientId = "portal") },
        { "ClientSecret is missing", With(o => o.ClientSecret = "") },
        { "ID of the secret", With(o => o.ClientSecret = FakeGraph.Maha) },
        { "Organizer", With(o => o.Organizer = "Maha") },
        { "TestAccount", With(o => o.TestAccount = "a b@c") },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_wrong_with_the_settings_is_said_and_no_secret_with_it(string says, TeamsOptions options)
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
            {
                var problem = Assert.Single(options.Validate(new(options))).ErrorMessage!;
                if (language == "en")
                    Assert.Contains(says, problem);
                Assert.DoesNotContain(FakeGraph.Maha, problem);
            }
    }

    [Fact]
    public void Good_settings_have_no_problem_and_every_setting_its_words()
    {
        Assert.Empty(Options().Validate(new(Options())));
        Assert.Empty(With(o => o.Tenant = "school.onmicrosoft.com").Validate(new(Options())));
        Assert.Empty(FormTexts.Missing(typeof(TeamsOptions)));
    }

    private static TeamsOptions With(Action<TeamsOptions> change)
    {
        var options = Options();
        change(options);
        return options;
    }

    private async Task<ProviderException> CreateAsync(TimeSpan? patience = null) =>
        await RefusalAsync(async () => await bench.Provider(patience: patience).CreateMeetingAsync(Request, default));
}
