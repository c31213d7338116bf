using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Tests.Support;

namespace Tests.Pages.Settings;

/// <summary>A mentor's hours and meeting tool.</summary>
public sealed class SettingsPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Dictionary<string, string> Form(params (string Field, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.ProviderId"] = "jitsi",
            ["Input.ExternalMeetingUrl"] = "",
            ["Input.SessionMinutes"] = "45",
            ["Input.BufferMinutes"] = "15",
            ["Input.NoticeMinutes"] = "120",
            ["Input.Hours[0].Day"] = "Monday",
            ["Input.Hours[0].From"] = "09:00",
            ["Input.Hours[0].To"] = "12:00",
        };
        foreach (var (field, value) in changes)
            fields[field] = value;
        return fields;
    }

    private Task<MentorProfile> ProfileAsync(Guid id) => app.InDatabaseAsync(db => db.MentorProfiles.Include(m => m.Hours).SingleAsync(m => m.UserId == id));

    [Fact]
    public async Task What_a_mentor_saves_is_kept_and_shown_again()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        using var answer = await Forms.PostAsync(browser, "/settings", Form(
            ("Input.ProviderId", "manual"), ("Input.ExternalMeetingUrl", "https://meet.google.com/abc-defg-hij"), ("Input.Hours[0].To", "00:00")));
        Assert.Equal((HttpStatusCode.Redirect, "/settings?saved=true"), (answer.StatusCode, answer.Headers.Location?.OriginalString));

        var kept = await ProfileAsync(mentor.Id);
        Assert.Equal(("manual", 45, 15, 120), (kept.ProviderId, kept.SessionMinutes, kept.BufferMinutes, kept.NoticeMinutes));
        var hours = Assert.Single(kept.Hours);
        Assert.Equal((DayOfWeek.Monday, 540, 1440), (hours.Day, hours.FromMinute, hours.ToMinute));
        Assert.Contains("https://meet.google.com/abc-defg-hij", await browser.GetStringAsync("/settings"));
    }

    [Theory]
    [InlineData("Input.ProviderId", "no-such-tool")]
    [InlineData("Input.ProviderId", "")]
    [InlineData("Input.ProviderId", "manual")]
    [InlineData("Input.ExternalMeetingUrl", "http://meet.google.com/abc-defg-hij")]
    [InlineData("Input.ExternalMeetingUrl", "javascript:alert(1)")]
    [InlineData("Input.ExternalMeetingUrl", "https://evil.example/")]
    [InlineData("Input.SessionMinutes", "7")]
    [InlineData("Input.SessionMinutes", "0")]
    [InlineData("Input.SessionMinutes", "245")]
    [InlineData("Input.SessionMinutes", "-60")]
    [InlineData("Input.SessionMinutes", "99999999999")]
    [InlineData("Input.SessionMinutes", "an hour")]
    [InlineData("Input.BufferMinutes", "3")]
    [InlineData("Input.NoticeMinutes", "10081")]
    [InlineData("Input.Hours[0].From", "12:00")]
    [InlineData("Input.Hours[0].From", "13:00")]
    [InlineData("Input.Hours[0].From", "09:02")]
    [InlineData("Input.Hours[0].From", "25:00")]
    [InlineData("Input.Hours[0].From", "")]
    [InlineData("Input.Hours[0].From", "nine")]
    [InlineData("Input.Hours[0].Day", "Someday")]
    [InlineData("Input.Hours[0].Day", "17")]
    public async Task A_value_that_does_not_fit_is_refused_and_nothing_is_saved(string field, string value)
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await Forms.PostAsync(await _scene.BrowserAsync(mentor), "/settings", Form((field, value)));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var kept = await ProfileAsync(mentor.Id);
        Assert.Equal((60, 7), (kept.SessionMinutes, kept.Hours.Count));
    }

    [Fact]
    public async Task Stretches_of_one_day_that_overlap_are_refused()
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await Forms.PostAsync(await _scene.BrowserAsync(mentor), "/settings", Form(
            ("Input.Hours[1].Day", "Monday"), ("Input.Hours[1].From", "11:55"), ("Input.Hours[1].To", "14:00")));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Sessions_that_are_booked_keep_the_length_they_were_booked_with()
    {
        var session = await _scene.BookedAsync();
        using (await Forms.PostAsync(await _scene.BrowserAsync(session.Mentor), "/settings", Form())) { }
        Assert.Equal(60, await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.LengthMinutes).SingleAsync()));
    }

    [Fact]
    public async Task Only_mentors_have_these_settings_and_only_by_the_form()
    {
        var mentor = await _scene.MentorAsync();
        using var visitor = await app.Visitor().GetAsync("/settings");
        using var mentee = await (await _scene.BrowserAsync(await _scene.PersonAsync())).GetAsync("/settings");
        using var forged = await (await _scene.BrowserAsync(mentor)).PostAsync("/settings", new FormUrlEncodedContent(Form()));
        Assert.Equal("/account/sign-in?returnUrl=%2Fsettings", visitor.Headers.Location?.OriginalString);
        Assert.True(mentee.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Redirect, mentee.StatusCode.ToString());
        Assert.StartsWith("/account/access-denied", mentee.Headers.Location?.OriginalString ?? "/account/access-denied");
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }
}
