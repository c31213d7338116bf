using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Pages.Settings;

/// <summary>A mentor's profile, meeting tool and hours; and who may change them.</summary>
public sealed class SettingsPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Dictionary<string, string> Fields(string form, params (string Field, string Value)[] changes)
    {
        var fields = form == "tool"
            ? new Dictionary<string, string> { ["Input.ProviderId"] = "jitsi", ["Input.ExternalMeetingUrl"] = "" }
            : new Dictionary<string, string>
            {
                ["Input.SessionMinutes"] = "45",
                ["Input.BufferMinutes"] = "15",
                ["Input.NoticeMinutes"] = "120",
                ["Input.HorizonDays"] = "60",
                ["Input.MaxPerDay"] = "",
                ["Input.ConfirmsByHand"] = "false",
                ["Input.Hours[0].Day"] = "Monday",
                ["Input.Hours[0].From"] = "09:00",
                ["Input.Hours[0].To"] = "12:00",
            };
        foreach (var (field, value) in changes)
            fields[field] = value;
        return fields;
    }

    private Task<MentorProfile> ProfileAsync(Guid id) =>
        app.InDatabaseAsync(db => db.MentorProfiles.Include(m => m.Hours).SingleAsync(m => m.UserId == id));

    [Fact]
    public async Task A_profile_is_kept_and_shown_again()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        var fields = new Dictionary<string, string>
        {
            ["Input.Headline"] = "Helps with\u0007 <first> jobs",
            ["Input.About"] = "One\nTwo",
            ["Input.Topics"] = "Physics, الرياضيات،physics ; , Writing",
            ["Input.Languages"] = "ar",
            ["Input.IsPaused"] = "true",
        };
        using var answer = await Forms.PostAsync(browser, "/settings", fields);
        Assert.Equal((HttpStatusCode.Redirect, "/settings"), (answer.StatusCode, answer.Headers.Location?.OriginalString));

        var kept = await ProfileAsync(mentor.Id);
        Assert.Equal(("Helps with  <first> jobs", "One\nTwo", true), (kept.Headline, kept.About, kept.IsPaused));
        Assert.Equal(["Physics", "الرياضيات", "Writing"], kept.Topics);
        Assert.Equal(["ar"], kept.Languages);
        var shown = await browser.GetStringAsync("/settings");
        Assert.Contains("Helps with  &lt;first&gt; jobs", shown);
        Assert.Contains("id=\"paused\"", shown);
    }

    [Theory]
    [InlineData("Input.Headline", 121, 'x')]
    [InlineData("Input.About", 2001, 'x')]
    [InlineData("Input.About", 200_000, 'x')]
    [InlineData("Input.Topics", 41, 'x')]
    [InlineData("Input.Topics", 20_000, '\uD800')]
    public async Task A_profile_that_is_too_long_comes_back_as_it_was_typed(string field, int length, char of)
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        using var answer = await Forms.PostAsync(browser, "/settings",
            new() { ["Input.Headline"] = "Kept as typed", [field] = new string(of, length) });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        if (field != "Input.Headline")
            Assert.Contains("Kept as typed", await answer.Content.ReadAsStringAsync());
        Assert.Equal("", (await ProfileAsync(mentor.Id)).Headline);
    }

    [Fact]
    public async Task Thirteen_topics_are_too_many_and_a_language_that_nobody_speaks_is_left_out()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        using var many = await Forms.PostAsync(browser, "/settings",
            new() { ["Input.Topics"] = string.Join(',', Enumerable.Range(1, 13)) });
        using var odd = await Forms.PostAsync(browser, "/settings", new() { ["Input.Languages"] = "xx" });
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (many.StatusCode, odd.StatusCode));
        Assert.Empty((await ProfileAsync(mentor.Id)).Languages);
    }

    [Fact]
    public async Task The_tool_and_the_own_address_are_kept_and_shown_again()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        using var answer = await Forms.PostAsync(browser, "/settings/tool",
            Fields("tool", ("Input.ProviderId", "manual"), ("Input.ExternalMeetingUrl", "https://meet.google.com/abc-defg-hij")));
        Assert.Equal((HttpStatusCode.Redirect, "/settings/tool"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal("manual", (await ProfileAsync(mentor.Id)).ProviderId);
        var shown = await browser.GetStringAsync("/settings/tool");
        Assert.Contains("https://meet.google.com/abc-defg-hij", shown);
    }

    [Theory]
    [InlineData("tool", "Input.ProviderId", "no-such-tool")]
    [InlineData("tool", "Input.ProviderId", "")]
    [InlineData("tool", "Input.ProviderId", "manual")]
    [InlineData("tool", "Input.ExternalMeetingUrl", "http://meet.google.com/abc-defg-hij")]
    [InlineData("tool", "Input.ExternalMeetingUrl", "javascript:alert(1)")]
    [InlineData("tool", "Input.ExternalMeetingUrl", "https://evil.example/")]
    [InlineData("hours", "Input.SessionMinutes", "7")]
    [InlineData("hours", "Input.SessionMinutes", "0")]
    [InlineData("hours", "Input.SessionMinutes", "245")]
    [InlineData("hours", "Input.SessionMinutes", "-60")]
    [InlineData("hours", "Input.SessionMinutes", "99999999999")]
    [InlineData("hours", "Input.SessionMinutes", "an hour")]
    [InlineData("hours", "Input.BufferMinutes", "3")]
    [InlineData("hours", "Input.NoticeMinutes", "10081")]
    [InlineData("hours", "Input.HorizonDays", "0")]
    [InlineData("hours", "Input.HorizonDays", "366")]
    [InlineData("hours", "Input.MaxPerDay", "0")]
    [InlineData("hours", "Input.MaxPerDay", "many")]
    [InlineData("hours", "Input.ConfirmsByHand", "perhaps")]
    [InlineData("hours", "Input.Hours[0].From", "12:00")]
    [InlineData("hours", "Input.Hours[0].From", "09:02")]
    [InlineData("hours", "Input.Hours[0].From", "25:00")]
    [InlineData("hours", "Input.Hours[0].From", "")]
    [InlineData("hours", "Input.Hours[0].From", "nine")]
    [InlineData("hours", "Input.Hours[0].Day", "Someday")]
    [InlineData("hours", "Input.Hours[0].Day", "17")]
    public async Task A_value_that_does_not_fit_is_refused_and_nothing_is_saved(string form, string field, string value)
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await Forms.PostAsync(await _scene.BrowserAsync(mentor), $"/settings/{form}", Fields(form, (field, value)));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var kept = await ProfileAsync(mentor.Id);
        Assert.Equal(("", 60, 7, 30), (kept.ProviderId, kept.SessionMinutes, kept.Hours.Count, kept.HorizonDays));
    }

    [Fact]
    public async Task The_usual_week_is_one_press_for_who_has_no_hours()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.Hours.Clear());
        var browser = await _scene.BrowserAsync(mentor);
        Assert.Contains("id=\"weekdays\"", await browser.GetStringAsync("/settings/hours"));
        using (await Forms.PostAsync(browser, "/settings/hours", [], "/settings/hours?handler=Weekdays")) { }
        Assert.Equal(Enumerable.Range(1, 5).Select(day => ((DayOfWeek)day, 540, 1020)),
            (await ProfileAsync(mentor.Id)).Hours.Select(h => (h.Day, h.FromMinute, h.ToMinute)).Order());
        Assert.DoesNotContain("id=\"weekdays\"", await browser.GetStringAsync("/settings/hours"));
    }

    [Fact]
    public async Task What_the_buttons_of_a_day_do_is_shown_and_not_saved()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        async Task<string> Press(string change)
        {
            using var answer = await Forms.PostAsync(browser, "/settings/hours",
                Fields("hours", ("on", "Monday"), ("switches", "true"), ("change", change)), "/settings/hours?handler=Change");
            return await answer.Content.ReadAsStringAsync();
        }
        Assert.Equal(2, Regex.Count(await Press("add-Monday"), "name=\"Input.Hours\\[\\d+\\].Day\" value=\"Monday\""));
        var copied = await Press("copy-Monday");
        Assert.Contains("id=\"not-saved\"", copied);
        Assert.Equal((7, 7), (Regex.Count(copied, "selected=\"selected\">12:00"), Regex.Count(copied, "name=\"on\"[^>]*checked")));
        foreach (var nonsense in new[] { "remove-99", "remove-x", "add-17", "add-", "copy", "" })
            Assert.Equal(7, Regex.Count(await Press(nonsense), "name=\"on\""));
        Assert.Equal(7, (await ProfileAsync(mentor.Id)).Hours.Count(h => h.ToMinute == 1440));
    }

    [Fact]
    public async Task Hours_of_a_day_that_is_off_are_not_saved_and_a_night_goes_over_midnight()
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await Forms.PostAsync(await _scene.BrowserAsync(mentor), "/settings/hours", Fields("hours",
            ("switches", "true"), ("on", "Tuesday"), ("Input.Hours[1].Day", "Tuesday"), ("Input.Hours[1].From", "22:00"),
            ("Input.Hours[1].To", "02:00")));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var hours = Assert.Single((await ProfileAsync(mentor.Id)).Hours);
        Assert.Equal((DayOfWeek.Tuesday, 1320, 1560), (hours.Day, hours.FromMinute, hours.ToMinute));
    }

    [Fact]
    public async Task Hours_and_rules_are_kept()
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await Forms.PostAsync(await _scene.BrowserAsync(mentor), "/settings/hours",
            Fields("hours", ("Input.Hours[0].To", "00:00"), ("Input.MaxPerDay", "3"), ("Input.ConfirmsByHand", "true")));
        Assert.Equal((HttpStatusCode.Redirect, "/settings/hours"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        var kept = await ProfileAsync(mentor.Id);
        Assert.Equal((45, 15, 120, 60, 3, true),
            (kept.SessionMinutes, kept.BufferMinutes, kept.NoticeMinutes, kept.HorizonDays, kept.MaxPerDay, kept.ConfirmsByHand));
        var hours = Assert.Single(kept.Hours);
        Assert.Equal((DayOfWeek.Monday, 540, 1440), (hours.Day, hours.FromMinute, hours.ToMinute));
    }

    [Fact]
    public async Task Stretches_of_one_day_that_overlap_are_refused()
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await Forms.PostAsync(await _scene.BrowserAsync(mentor), "/settings/hours", Fields("hours",
            ("Input.Hours[1].Day", "Monday"), ("Input.Hours[1].From", "11:55"), ("Input.Hours[1].To", "14:00")));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Two_windows_that_save_hours_at_once_leave_the_hours_of_one()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        var token = await Forms.TokenAsync(browser, "/settings/hours");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
        {
            var fields = Fields("hours");
            fields["__RequestVerificationToken"] = token;
            return browser.PostAsync("/settings/hours", new FormUrlEncodedContent(fields));
        }));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Single((await ProfileAsync(mentor.Id)).Hours);
    }

    [Fact]
    public async Task Sessions_that_are_booked_keep_length_and_time_also_when_the_mentor_moves_to_another_zone()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentor);
        Assert.DoesNotContain("id=\"other-zones\"", await browser.GetStringAsync("/settings/hours"));
        using (await Forms.PostAsync(browser, "/settings/hours", Fields("hours"))) { }
        using (await Forms.PostAsync(browser, "/account/profile",
            new() { ["Name"] = "Samir", ["Language"] = "en", ["Zone"] = "Asia/Tokyo" })) { }

        var kept = await app.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == session.Id));
        Assert.Equal((60, session.Start, "Etc/UTC"), (kept.LengthMinutes, kept.StartUtc, kept.TimeZone));
        Assert.Contains("id=\"other-zones\"", await browser.GetStringAsync("/settings/hours"));
    }

    [Theory]
    [InlineData("/settings")]
    [InlineData("/settings/tool")]
    [InlineData("/settings/hours")]
    [InlineData("/settings/days")]
    [InlineData("/settings/kinds")]
    public async Task Only_mentors_have_these_settings_and_only_by_the_form(string page)
    {
        var mentor = await _scene.MentorAsync();
        using var visitor = await app.Visitor().GetAsync(page);
        using var mentee = await (await _scene.BrowserAsync(await _scene.PersonAsync())).GetAsync(page);
        using var forged = await (await _scene.BrowserAsync(mentor)).PostAsync(page, new FormUrlEncodedContent(Fields("hours")));
        Assert.Equal($"/account/sign-in?returnUrl={Uri.EscapeDataString(page)}", visitor.Headers.Location?.OriginalString);
        Assert.True(mentee.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Redirect, mentee.StatusCode.ToString());
        Assert.StartsWith("/account/access-denied", mentee.Headers.Location?.OriginalString ?? "/account/access-denied");
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }
}
