using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Jobs;
using Portal.People;
using Tests.Support;

namespace Tests.Pages.Admin.Jobs;

public sealed partial class JobsPagesTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => a.WithJobs());
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_administrator_sees_every_job_runs_one_and_finds_the_run_in_its_history()
    {
        var admin = await _scene.AdminAsync();
        var browser = await _scene.BrowserAsync(admin);
        var page = await browser.GetStringAsync("/admin/jobs");
        foreach (var job in PortalJobs.All)
        {
            Assert.Contains($"data-id=\"job-{job.Key.Name}\"", page);
            Assert.Contains(WebUtility.HtmlEncode(UiText.ResourceManager.GetString("Job" + job.Name, CultureInfo.GetCultureInfo("en"))!),
                WebUtility.HtmlEncode(WebUtility.HtmlDecode(page)));
        }
        Assert.Contains("Cairo time", page);
        using var answer = await Forms.PostAsync(browser, "/admin/jobs", [], "/admin/jobs/clean-up");
        Assert.Equal((HttpStatusCode.Redirect, "/admin/jobs"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Contains("Clean-up: started.", await browser.GetStringAsync("/admin/jobs"));
        var entry = await _app.InDatabaseAsync(db => db.AuditEntries.SingleAsync(a => a.Action == "job.run"));
        Assert.Equal((admin.Id, "job:clean-up"), (entry.ActorId!.Value, entry.Subject));
        for (var i = 0; i < 100 && !(page = await browser.GetStringAsync("/admin/jobs/clean-up")).Contains("run manually"); i++)
            await Task.Delay(100);
        Assert.Contains("run manually", page);
        Assert.Contains("succeeded", page);
        Assert.Contains("40 7 * * * ?", page);
        Assert.Matches(Ago(), page);
    }

    [Fact]
    public async Task In_Arabic_too_and_without_a_word_of_English()
    {
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync("Admin", "ar", roles: Roles.Admin));
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/admin/jobs"));
        Assert.Contains("إغلاق الجلسات", page);
        Assert.Contains("توقيت القاهرة", page);
        Assert.DoesNotContain("Next run", page);
        Assert.Contains("dir=\"rtl\"", page);
        Assert.Contains("آخر مرات التشغيل", await browser.GetStringAsync("/admin/jobs/reminders"));
    }

    [Fact]
    public async Task Nobody_but_administrators_sees_or_runs_jobs()
    {
        var browser = await _scene.BrowserAsync(await _scene.MentorAsync());
        var token = await Forms.TokenAsync(browser, "/account/profile");
        foreach (var path in new[] { "/admin/jobs", "/admin/jobs/outbox" })
        {
            using var seen = await browser.GetAsync(path);
            using var run = await browser.PostAsync(path, new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
            Assert.All([seen, run], a =>
                Assert.Contains("/account/access-denied", a.Headers.Location?.OriginalString ?? $"{(int)a.StatusCode}"));
        }
        Assert.False(await _app.InDatabaseAsync(db => db.AuditEntries.AnyAsync(a => a.Action == "job.run")));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("OUTBOX")]
    [InlineData("outbox'--")]
    [InlineData("%D8%B9")]
    public async Task A_job_that_does_not_exist_is_not_found(string key)
    {
        var browser = await _scene.BrowserAsync(await _scene.AdminAsync());
        using var seen = await browser.GetAsync("/admin/jobs/" + key);
        using var run = await Forms.PostAsync(browser, "/admin/jobs", [], "/admin/jobs/" + key);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, run.StatusCode));
    }

    [Fact]
    public async Task Running_a_job_takes_a_form_of_this_portal()
    {
        var browser = await _scene.BrowserAsync(await _scene.AdminAsync());
        using var answer = await browser.PostAsync("/admin/jobs/clean-up", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await _app.InDatabaseAsync(db => db.AuditEntries.AnyAsync(a => a.Action == "job.run")));
    }

    [Fact]
    public async Task Where_jobs_are_switched_off_the_page_says_so_and_offers_no_run()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var browser = await scene.BrowserAsync(await scene.AdminAsync());
        var page = await browser.GetStringAsync("/admin/jobs");
        Assert.Contains("id=\"jobs-off\"", page);
        Assert.DoesNotContain("Run now", page);
        using var answer = await Forms.PostAsync(browser, "/account/reminders", [], "/admin/jobs/outbox");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("This server doesn’t run jobs", await browser.GetStringAsync("/admin/jobs"));
    }

    [Fact]
    public async Task Jobs_that_nobody_runs_are_shown_as_overdue_and_a_failure_with_its_reason()
    {
        await using var app = await PortalApp.StartAsync();
        var (scene, now) = (new Scene(app), app.Clock.GetUtcNow());
        await app.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery) SELECT 'portal', n, 'DEFAULT', 'x', true, true, false, false FROM unnest(ARRAY['reminders','outbox']) n");
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, trigger_state, trigger_type, start_time) SELECT 'portal', n, 'DEFAULT', n, 'DEFAULT', t, 'WAITING', 'CRON', 0 FROM (VALUES ('reminders', {0}), ('outbox', {1})) v(n, t)",
                now.AddMinutes(-6).UtcTicks, now.AddSeconds(10).UtcTicks);
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO qrtz_job_status (sched_name, job_group, job_name, first_fired_time, last_fired_time, last_result, last_run_time, last_instance_name, last_failure_time, last_failure_message, consecutive_failures) VALUES ('portal', 'DEFAULT', 'outbox', 0, {0}, 1, 42000000, 'a', {0}, 'The <server> said no', 2)", now.AddHours(-2).UtcTicks);
        });
        var states = (await app.InScopeAsync<JobOverview, IReadOnlyList<JobState>>(o => o.AllAsync(now, default)))
            .ToDictionary(s => s.Job.Key.Name);
        Assert.Equal((JobHealth.Overdue, JobHealth.Failing, JobHealth.Unscheduled),
            (states["reminders"].Health, states["outbox"].Health, states["clean-up"].Health));
        var page = await (await scene.BrowserAsync(await scene.AdminAsync())).GetStringAsync("/admin/jobs");
        Assert.Contains("id=\"jobs-overdue\"", page);
        Assert.Contains("The &lt;server&gt; said no", page);
        Assert.Contains("2 hours ago, took 4 seconds", Regex.Replace(page, @"\s+", " "));
        Assert.Contains("in 10 seconds", page);
    }

    [GeneratedRegex(@"\d+ seconds? ago|in \d+ seconds?|\d+ (hours?|days?|minutes?) ago|in \d+ ")]
    private static partial Regex Ago();
}
