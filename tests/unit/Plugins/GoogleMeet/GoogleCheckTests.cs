using Plugins.GoogleMeet;
using Providers;
using Tests.Plugins.Vendors;
using Tests.Support;
using static Tests.Plugins.GoogleMeet.GoogleBench;

namespace Tests.Plugins.GoogleMeet;

public sealed class GoogleCheckTests : IAsyncLifetime
{
    private readonly GoogleBench bench = new();

    private FakeGoogle Google => bench.Google;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task A_good_connection_says_what_was_tried()
    {
        var check = await CheckAsync(Tested());

        Assert.True(check.Healthy, check.Message);
        Assert.Equal(5, check.Findings.Count);
        Assert.Contains(check.Findings, f => f.Text.Contains("auth/calendar.events"));
        Assert.Contains("GET meet.googleapis.com/v2/conferenceRecords", Google.Calls);
    }

    [Fact]
    public async Task Missing_scopes_are_said_by_name()
    {
        Google.Delegated.Remove(FakeGoogle.Scopes("meetings.space.readonly")[0]);

        var check = await CheckAsync(Tested());

        Assert.False(check.Healthy);
        var missing = check.Findings.Single(f => f.Text.StartsWith("Missing scopes in", StringComparison.Ordinal));
        Assert.Contains("meetings.space.readonly", missing.Text);
        Assert.DoesNotContain("calendar.events", missing.Text);
    }

    [Fact]
    public async Task Without_a_user_to_try_it_for_the_check_says_so()
    {
        var check = await CheckAsync(ByKey());

        Assert.False(check.Healthy);
        Assert.Contains("TestAccount", check.Message);
    }

    [Fact]
    public async Task A_service_that_is_off_and_a_clock_that_is_off_are_found()
    {
        Google.Ahead = TimeSpan.FromMinutes(3);
        Google.Next("/conferenceRecords", context => FakeGoogle.ErrorAsync(context, 403, "PERMISSION_DENIED", "SERVICE_DISABLED"));

        var check = await CheckAsync(Tested());

        Assert.Contains(check.Findings, f => !f.Good && f.Text.Contains("Google Meet REST API isn’t enabled"));
        Assert.Contains(check.Findings, f => !f.Good && f.Text.Contains("180 s"));
        Assert.Equal(2, check.Findings.Count(f => !f.Good));
    }

    [Fact]
    public async Task A_client_for_mentors_accounts_is_tried_without_anybodys_consent()
    {
        var good = await CheckAsync(ByConsent());
        var options = ByConsent();
        options.ClientSecret = "wrong";
        var bad = await CheckAsync(options);

        Assert.True(good.Healthy, good.Message);
        Assert.Contains("when a mentor connects", good.Message);
        Assert.False(bad.Healthy);
        Assert.Contains("ClientId or ClientSecret", bad.Message);
    }

    public static TheoryData<string, GoogleMeetOptions> Bad => new()
    {
        { "Not set up", new GoogleMeetOptions() },
        { "client_email", new GoogleMeetOptions { ServiceAccountKey = "{}" } },
        { "client_email", new GoogleMeetOptions { ServiceAccountKey = "{\"client_email\": 1" } },
        { "client_email", new GoogleMeetOptions { ServiceAccountKey = KeyJson.Replace("PRIVATE", "PUBLIC") } },
        { "can’t be read", new GoogleMeetOptions { ServiceAccountKey = "/nowhere/secret.json" } },
        { "ServiceAccountKey is missing", new GoogleMeetOptions { ClientId = "x" } },
        { "ClientId", new GoogleMeetOptions { SignIn = GoogleSignIn.MentorAccounts, ClientId = "x", ClientSecret = "secret" } },
        { "ClientSecret is missing", ByConsent("") },
        { "Organizer", new GoogleMeetOptions { ServiceAccountKey = KeyJson, Organizer = "Desk <desk@school.example>" } },
        { "TestAccount", new GoogleMeetOptions { ServiceAccountKey = KeyJson, TestAccount = "me" } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_wrong_with_the_settings_is_said_and_no_secret_with_it(string says, GoogleMeetOptions options)
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
            {
                var problem = Assert.Single(options.Validate(new(options))).ErrorMessage!;
                if (language == "en")
                    Assert.Contains(says, problem);
                Assert.DoesNotContain("secret.json", problem);
                Assert.DoesNotContain("BEGIN", problem);
            }
    }

    [Fact]
    public void Good_settings_have_no_problem_and_every_setting_its_words()
    {
        Assert.Empty(ByKey().Validate(new(ByKey())));
        Assert.Empty(ByConsent().Validate(new(ByConsent())));
        Assert.Empty(FormTexts.Missing(typeof(GoogleMeetOptions)));
    }

    private static GoogleMeetOptions Tested()
    {
        var options = ByKey();
        options.TestAccount = "maha@school.example";
        return options;
    }

    private async Task<ProviderCheck> CheckAsync(GoogleMeetOptions options) => await bench.Provider(options).CheckAsync(default);
}
