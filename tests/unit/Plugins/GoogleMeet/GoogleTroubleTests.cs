using Plugins.GoogleMeet;
using Providers;
using Tests.Plugins.Vendors;
using Tests.Support;
using static Tests.Plugins.GoogleMeet.GoogleBench;

namespace Tests.Plugins.GoogleMeet;

public sealed class GoogleTroubleTests : IAsyncLifetime
{
    private readonly GoogleBench bench = new();

    private FakeGoogle Google => bench.Google;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData(403, "PERMISSION_DENIED", "userRateLimitExceeded", ProviderFailure.RateLimited, "too many")]
    [InlineData(403, "PERMISSION_DENIED", "quotaExceeded", ProviderFailure.RateLimited, "too many")]
    [InlineData(403, "PERMISSION_DENIED", "accessNotConfigured", ProviderFailure.NotConfigured, "Google Calendar API isn’t enabled")]
    [InlineData(403, "PERMISSION_DENIED", "insufficientPermissions", ProviderFailure.Unauthorized, "auth/calendar.events")]
    [InlineData(403, "PERMISSION_DENIED", "forbidden", ProviderFailure.Unauthorized, "HTTP 403 forbidden")]
    [InlineData(404, "NOT_FOUND", "notFound", ProviderFailure.NotConfigured, "calendar in the settings")]
    [InlineData(400, "INVALID_ARGUMENT", "invalid", ProviderFailure.Rejected, "HTTP 400 invalid")]
    [InlineData(503, "UNAVAILABLE", "backendError", ProviderFailure.Unavailable, "HTTP 503")]
    public async Task What_Google_refuses_is_told_apart(int status, string name, string reason, ProviderFailure failure, string says)
    {
        Google.Next("/calendar/", context => FakeGoogle.ErrorAsync(context, status, name, reason));

        var refusal = await RefusalAsync(async () => await bench.Provider().CreateMeetingAsync(Request, default));

        Assert.Equal(failure, refusal.Failure);
        Assert.Contains(says, refusal.Message);
    }

    [Fact]
    public async Task A_wait_that_Google_asks_for_is_handed_on()
    {
        Google.NextStatus("/calendar/", 429, retryAfter: "90");

        var refusal = await RefusalAsync(async () => await bench.Provider().CreateMeetingAsync(Request, default));

        Assert.Equal((ProviderFailure.RateLimited, TimeSpan.FromSeconds(90)), (refusal.Failure, refusal.RetryAfter));
        Google.NextStatus("/calendar/", 429, retryAfter: "Tue, 01 Dec 2026 08:00:00 GMT");
        Assert.Equal(TimeSpan.Zero, (await CreateAsync()).RetryAfter);
    }

    [Theory]
    [InlineData("/calendar/")]
    [InlineData("/token")]
    public async Task An_answer_that_stalls_halfway_is_given_up_and_said_to_be_late(string part)
    {
        var stalled = Google.NextStalled(part);
        var call = CreateAsync();
        await stalled;
        bench.Clock.ReachLimits();

        var late = await call.WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(ProviderFailure.Unavailable, late.Failure);
        Assert.Contains("in time", late.Message);
        Assert.Single(Google.Calls, c => c.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_an_answer_and_none_and_one_that_is_no_JSON_are_its_trouble()
    {
        Google.NextHalf("/calendar/");
        Assert.Equal(ProviderFailure.Unavailable, (await CreateAsync()).Failure);
        Google.NextSlow("/calendar/");
        var late = await CreateAsync(TimeSpan.FromMilliseconds(300));
        Assert.Contains("in time", late.Message);
        Google.NextStatus("/calendar/", 200, "<html>");
        Assert.Equal(ProviderFailure.Unavailable, (await CreateAsync()).Failure);
        Google.NextStatus("/calendar/", 502, "<html>");
        Assert.Equal(ProviderFailure.Unavailable, (await CreateAsync()).Failure);
        Google.NextStatus("/token", 500, "<html>");
        Assert.Equal(ProviderFailure.Unavailable, (await CreateAsync()).Failure);
    }

    [Fact]
    public async Task A_create_that_was_cut_off_after_it_worked_makes_no_second_event()
    {
        var provider = bench.Provider(patience: TimeSpan.FromMilliseconds(400));
        Google.Pending = 1;
        Google.NextSlow("/events/"); // the event is there, reading it again hangs
        await RefusalAsync(async () => await provider.CreateMeetingAsync(Request, default));

        await provider.CreateMeetingAsync(Request, default);

        Assert.Single(Google.Events);
    }

    [Fact]
    public async Task A_token_is_kept_and_one_that_is_refused_is_renewed_once()
    {
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);
        await provider.ExistsAsync(handle, default);
        Assert.Equal(1, Google.TokensGiven);
        Google.ForgetTokens();

        Assert.True(await provider.ExistsAsync(handle, default));

        Assert.Equal(2, Google.TokensGiven);
        Google.NextStatus("/calendar/", 401);
        Google.NextStatus("/calendar/", 401);
        var refusal = await RefusalAsync(async () => await provider.ExistsAsync(handle, default));
        Assert.Equal(ProviderFailure.Unauthorized, refusal.Failure);
    }

    [Fact]
    public async Task The_administrator_is_told_the_exact_step_where_delegation_is_missing()
    {
        Google.Delegated.Clear();

        var refusal = await CreateAsync();

        Assert.Equal(ProviderFailure.Unauthorized, refusal.Failure);
        Assert.Contains("104400000000000000000", refusal.Message);
        Assert.All(
            FakeGoogle.Scopes("calendar.events", "meetings.space.readonly", "userinfo.email"), s => Assert.Contains(s, refusal.Message));
    }

    [Fact]
    public async Task Wrong_user_wrong_key_and_wrong_clock_are_told_apart()
    {
        Google.Users.Clear();
        Assert.Contains("doesn’t have this user", (await CreateAsync()).Message);
        Google.Ahead = TimeSpan.FromHours(1);
        Assert.Contains("clock", (await CreateAsync()).Message);
        var options = ByKey();
        options.ServiceAccountKey = KeyJson.Replace(FakeGoogle.ServiceAccount, "other@project.iam.gserviceaccount.com");
        Assert.Contains("rejects the key", (await RefusalAsync(
            async () => await bench.Provider(options).CreateMeetingAsync(Request, default))).Message);
    }

    [Fact]
    public async Task A_mentor_connects_an_account_of_their_own_and_meetings_are_made_with_it()
    {
        var provider = bench.Provider(ByConsent());
        var url = provider.GetConsentUrl("state&1", new Uri("https://portal.example/back"))!;

        var account = await provider.ConnectAsync("good", new Uri("https://portal.example/back"), default);
        var handle = await provider.CreateMeetingAsync(Request with { MentorEmail = null, MentorAccount = account.Secret }, default);

        Assert.Equal(("maha@gmail.example", FakeGoogle.Consent), (account.Name, account.Secret));
        Assert.True(provider.Descriptor.NeedsMentorAccount);
        Assert.StartsWith("https://accounts.google.com/", url.AbsoluteUri);
        Assert.Contains("access_type=offline", url.Query);
        Assert.Contains("state=state%261", url.Query);
        Assert.DoesNotContain("maha", handle.Value);
        Assert.DoesNotContain(FakeGoogle.Consent, handle.Value);
        await provider.EndMeetingAsync(handle with { MentorAccount = account.Secret }, default);
        Assert.Null(bench.Provider().GetConsentUrl("s", new Uri("https://portal.example/back")));
    }

    [Fact]
    public async Task A_service_accounts_meeting_outlives_the_change_to_mentors_accounts_as_long_as_there_is_a_key()
    {
        var handle = await bench.Provider().CreateMeetingAsync(Request, default);
        using var folder = new TempFolder();
        var options = ByConsent();
        var keyless = await RefusalAsync(async () => await bench.Provider(options).ExistsAsync(handle, default));
        options.ServiceAccountKey = folder["key.json"];
        var provider = bench.Provider(options);
        var unreadable = await RefusalAsync(async () => await provider.ExistsAsync(handle, default));
        await File.WriteAllTextAsync(folder["key.json"], KeyJson);
        var found = await provider.ExistsAsync(handle, default);
        File.Delete(folder["key.json"]);
        Google.Delegated.Clear();
        Google.ForgetTokens();
        var undelegated = await RefusalAsync(async () => await provider.ExistsAsync(handle, default));
        Google.Users.Clear();
        Google.Delegated.UnionWith(FakeGoogle.Scopes("calendar.events", "meetings.space.readonly", "userinfo.email"));
        var unknown = await RefusalAsync(async () => await provider.ExistsAsync(handle, default));

        Assert.Equal((ProviderFailure.NotConfigured, ProviderFailure.NotConfigured), (keyless.Failure, unreadable.Failure));
        Assert.Contains("ServiceAccountKey is missing", keyless.Message);
        Assert.Contains("can’t be read", unreadable.Message);
        Assert.True(found);
        Assert.Contains("104400000000000000000", undelegated.Message);
        Assert.Contains("doesn’t have this user", unknown.Message);
    }

    [Fact]
    public async Task A_consent_that_is_gone_asks_the_mentor_to_connect_again()
    {
        var provider = bench.Provider(ByConsent());
        var handle = await provider.CreateMeetingAsync(Request, default);
        Google.Consents.Clear();
        Google.ForgetTokens();

        foreach (var account in new[] { FakeGoogle.Consent, null })
        {
            var refusal = await RefusalAsync(async () => await provider.ExistsAsync(handle with { MentorAccount = account }, default));
            Assert.Equal(ProviderFailure.Unauthorized, refusal.Failure);
            Assert.Contains("connect it again", refusal.Message);
        }
        await provider.DisconnectAsync(FakeGoogle.Consent, default); // gone already
    }

    [Fact]
    public async Task A_consent_to_less_than_all_or_with_a_bad_code_connects_nothing()
    {
        var back = new Uri("https://portal.example/back");
        Google.Granted.Remove(FakeGoogle.Scopes("calendar.events")[0]);
        var less = await RefusalAsync(async () => await bench.Provider(ByConsent()).ConnectAsync("good", back, default));
        var bad = await RefusalAsync(async () => await bench.Provider(ByConsent()).ConnectAsync("bad", back, default));

        Assert.Contains("auth/calendar.events", less.Message);
        Assert.Contains("connect the account again", bad.Message);
    }

    [Fact]
    public async Task Giving_a_consent_back_takes_it_from_Google()
    {
        await bench.Provider(ByConsent()).DisconnectAsync(FakeGoogle.Consent, default);

        Assert.Empty(Google.Consents);
    }

    [Fact]
    public void Nothing_stored_by_somebody_else_leads_anywhere()
    {
        var provider = bench.Provider();
        foreach (var value in new[] { "", "{}", "null", "[]",
            "{\"Event\":\"../x\",\"Calendar\":\"primary\",\"Organizer\":\"\",\"Code\":\"a-b\"}",
            "{\"Event\":\"abcde\",\"Calendar\":\"primary\",\"Organizer\":\"\",\"Code\":\"a?x=//evil.example\"}" })
            Assert.Equal(ProviderFailure.NotFound, Assert.Throws<ProviderException>(
                () => { _ = provider.GetJoinAsync(Meetings.Join(new MeetingHandle(value)), default); }).Failure);
    }

    private async Task<ProviderException> CreateAsync(TimeSpan? patience = null) =>
        await RefusalAsync(async () => await bench.Provider(patience: patience).CreateMeetingAsync(Request, default));
}
