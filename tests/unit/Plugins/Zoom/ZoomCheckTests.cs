using Providers;
using Tests.Support;

namespace Tests.Plugins.Zoom;

public sealed class ZoomCheckTests : IDisposable
{
    private readonly ZoomBench bench = new();

    private FakeZoom Zoom => bench.Zoom;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task All_is_well_with_an_account_that_is_set_up()
    {
        var check = await bench.Provider.CheckAsync(default);

        Assert.True(check.Healthy);
        Assert.Equal(6, check.Findings.Count);
        Assert.All(check.Findings, f => Assert.True(f.Good, f.Text));
    }

    [Fact]
    public async Task Permissions_are_missed_by_name()
    {
        Zoom.Scope = "meeting:write:meeting:admin meeting:update:meeting:admin meeting:update:status:admin meeting:delete:meeting:admin "
            + "meeting:read:meeting:admin meeting:read:past_meeting:admin meeting:read:list_past_participants:admin user:read:user:admin";
        bench.Options.PersonalLinks = true;

        var check = await bench.Provider.CheckAsync(default);

        Assert.False(check.Healthy);
        Assert.EndsWith(": meeting:read:list_meetings:admin, meeting:write:registrant:admin, meeting:read:list_registrants:admin",
            check.Message);
    }

    [Theory]
    [InlineData(1, "active", true, "no license")]
    [InlineData(2, "inactive", false, "isn’t active")]
    [InlineData(2, "pending", false, "isn’t active")]
    public async Task A_host_without_a_license_or_an_invitation_not_accepted_is_noticed(
        int type, string status, bool healthy, string says)
    {
        (Zoom.UserType, Zoom.UserStatus) = (type, status);

        var check = await bench.Provider.CheckAsync(default);

        Assert.Equal(healthy, check.Healthy);
        Assert.Contains(says, Assert.Single(check.Findings, f => !f.Good).Text);
    }

    [Fact]
    public async Task A_host_whom_Zoom_does_not_know_is_noticed()
    {
        Zoom.Users.Clear();

        var check = await bench.Provider.CheckAsync(default);

        Assert.False(check.Healthy);
        Assert.Contains("HostUser", check.Message);
        Assert.DoesNotContain(FakeZoom.Host, check.Message);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(-59, true)]
    [InlineData(95, false)]
    [InlineData(-95, false)]
    public async Task A_clock_that_differs_from_Zooms_is_noticed(int seconds, bool good)
    {
        Zoom.ClockOff = TimeSpan.FromSeconds(seconds);

        var check = await bench.Provider.CheckAsync(default);

        Assert.True(check.Healthy);
        Assert.Equal(!good, check.Findings.Any(f => !f.Good && f.Text.Contains("95")));
        Assert.Equal(good, check.Findings.All(f => f.Good));
    }

    [Fact]
    public async Task A_missing_webhook_secret_is_noticed_and_meetings_can_be_made_all_the_same()
    {
        bench.Options.WebhookSecret = "";

        var check = await bench.Provider.CheckAsync(default);

        Assert.True(check.Healthy);
        Assert.Contains("webhook", Assert.Single(check.Findings, f => !f.Good).Text);
    }

    [Fact]
    public async Task Wrong_credentials_are_the_only_finding_and_a_token_of_before_does_not_hide_them()
    {
        await bench.CreateAsync();
        bench.Options.ClientSecret = "wrong";

        var check = await bench.Provider.CheckAsync(default);

        Assert.False(check.Healthy);
        Assert.Contains("ClientSecret", Assert.Single(check.Findings).Text);
    }

    [Fact]
    public async Task Where_mentors_host_no_user_is_looked_for_and_no_meeting_is_promised()
    {
        (bench.Options.MentorsAreHosts, bench.Options.HostUser) = (true, "");

        var check = await bench.Provider.CheckAsync(default);

        Assert.True(check.Healthy);
        Assert.Empty(Zoom.Sent("GET", "/users"));
        Assert.Contains("with the first booking", check.Message);
    }

    [Fact]
    public void Administrators_are_told_what_their_settings_leave_out()
    {
        bench.Options.WebhookSecret = "";
        Assert.Equal(3, bench.NewProvider().Descriptor.KnownLimits.Count);

        bench.Options.WebhookSecret = "secret";
        bench.Options.MentorsAreHosts = bench.Options.PersonalLinks = true;
        Assert.Empty(bench.NewProvider().Descriptor.KnownLimits);
    }
}
