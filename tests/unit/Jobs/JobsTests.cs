using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Data;
using Portal.Jobs;
using Portal.Mail.Queue;
using Portal.Sessions.Reminders;
using Portal.Tickets;
using Quartz;
using Tests.Mail;
using Tests.Support;

namespace Tests.Jobs;

public sealed class JobsTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_mail_leaves_by_itself_after_the_commit_without_waiting_for_the_sweep()
    {
        await using var app = await PortalApp.StartAsync(a => a.WithJobs());
        var session = await app.AddSessionAsync();
        await UntilAsync(async () => (await HealthAsync(app)).Status == HealthStatus.Healthy);
        // The first sweep comes with the start: only after it does a mail show that the call works.
        await UntilAsync(async () => await RunsAsync(app) > 0);

        await app.ConfirmAsync(session);
        await UntilAsync(() => Task.FromResult(app.Files().Count == 2));
        await UntilAsync(async () => (await app.OutboxAsync()).All(m => m.State == OutboxState.Sent));
        Assert.Empty(app.Log.Errors);
        // The scheduler's unit of time is its own affair; what the page says of a run of some milliseconds is not.
        // (One that found nothing may have taken none at all; the one that sent has taken some.)
        var outbox = PortalJobs.Find("outbox")!;
        List<JobRun> runs = [];
        await UntilAsync(async () =>
            (runs = await app.InScopeAsync<JobOverview, List<JobRun>>(o => o.RunsAsync(outbox, default))).Any(r => r.Took > TimeSpan.Zero));
        Assert.All(runs, r => Assert.InRange(r.Took, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_portal_without_jobs_sends_what_it_queues_and_what_it_finds_at_its_start()
    {
        await using var first = await PortalApp.StartAsync();
        var session = await first.AddSessionAsync();
        await first.ConfirmAsync(session);
        await using var second = await PortalApp.StartAsync(a => a.With("Mail:AtOnce", "true")
            .With("ConnectionStrings:Portal", first.Database.ConnectionString).With("Data:Folder", first.DataFolder));
        Assert.Null(second.Services.GetService<ISchedulerFactory>());
        await UntilAsync(async () => (await first.OutboxAsync()).All(m => m.State == OutboxState.Sent));

        await second.ConfirmAsync(session, sequence: 1);
        await UntilAsync(async () => (await first.OutboxAsync()) is { Count: 4 } mails && mails.All(m => m.State == OutboxState.Sent));
    }

    [Fact, Trait("Speed", "slow")]
    public async Task Jobs_go_on_after_the_database_dropped_every_connection()
    {
        await using var app = await PortalApp.StartAsync(a => a.WithJobs());
        var session = await app.AddSessionAsync();
        await UntilAsync(async () => await RunsAsync(app) > 0);

        var name = new NpgsqlConnectionStringBuilder(app.Database.ConnectionString).Database!;
        // At many moments: in the middle of a statement, of a commit, of a run.
        for (var i = 0; i < 20; i++)
        {
            await KillAsync(app, name);
            await Task.Delay(Random.Shared.Next(100));
        }
        NpgsqlConnection.ClearAllPools();

        await app.ConfirmAsync(session);
        await UntilAsync(async () => (await app.OutboxAsync()).All(m => m.State == OutboxState.Sent));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(app)).Status);
    }

    [Fact]
    public async Task Without_a_running_scheduler_the_portal_is_not_ready_unless_jobs_are_switched_off()
    {
        await using var off = await PortalApp.StartAsync();
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(off)).Status);
        Assert.Null(off.Services.GetService<ISchedulerFactory>());

        await using var on = await PortalApp.StartAsync(a => a.WithJobs());
        await UntilAsync(async () => (await HealthAsync(on)).Status == HealthStatus.Healthy);
        var scheduler = await on.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Standby();
        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync(on)).Status);
    }

    [Fact]
    public async Task The_scheduler_does_not_stop_or_jump_with_the_portals_clock()
    {
        await using var app = await PortalApp.StartAsync(a => a.WithJobs());
        Assert.Same(TimeProvider.System, (await app.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).TimeProvider);
        Assert.Same(app.Clock, app.Services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task Used_passes_are_deleted_only_once_they_have_expired()
    {
        await using var app = await PortalApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var alive = new UsedPass { Nonce = Guid.NewGuid(), ExpiresUtc = now.AddSeconds(1) };
        await app.InDatabaseAsync(db =>
        {
            db.UsedPasses.AddRange(alive, new UsedPass { Nonce = Guid.NewGuid(), ExpiresUtc = now.AddSeconds(-1) });
            return db.SaveChangesAsync();
        });
        await app.InScopeAsync<IServiceProvider>(async services =>
            await ActivatorUtilities.CreateInstance<CleanUpJob>(services).Execute(null!, default));
        Assert.Equal(alive.Nonce, await app.InDatabaseAsync(db => db.UsedPasses.Select(p => p.Nonce).SingleAsync()));
    }

    [Theory]
    [InlineData("Jobs:Outbox", "", "is not a cron expression")]
    [InlineData("Jobs:Reminders", "every minute", "is not a cron expression")]
    [InlineData("Jobs:Completion", "* * * * *", "is not a cron expression")]
    [InlineData("Jobs:CleanUp", "0 0 0 1 1 ? 1999", "would never run again")]
    [InlineData("Reminders:MinutesBefore:0", "0", "holds minutes from 1")]
    [InlineData("Retention:DeviceDays", "3", "DeviceDays")]
    public void A_schedule_that_cannot_be_stops_the_start_with_a_sentence(string key, string value, string sentence)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Jobs:Enabled", "false"), new(key, value)]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddPortalReminders().AddPortalJobs(configuration)
            .BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(sentence, failure.Message);
    }

    [Fact]
    public async Task A_list_of_reminders_in_the_settings_takes_the_place_of_the_default()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Reminders:MinutesBefore:0", "30"));
        Assert.Equal([30], app.Services.GetRequiredService<IOptions<ReminderOptions>>().Value.MinutesBefore);
    }

    [Fact]
    public void Every_job_has_a_setting_of_its_own_and_every_setting_a_job()
    {
        var settings = typeof(JobsOptions).GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => p.Name);
        Assert.Equal(settings.Order(), PortalJobs.All.Select(j => j.Name).Order());
        var jobs = typeof(JobsOptions).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IJob)) && !t.IsAbstract);
        Assert.Equal(jobs.Select(t => t.Name).Order(), PortalJobs.All.Select(j => j.Type.Name).Order());
    }

    [Fact]
    public async Task A_changed_setting_takes_the_place_of_the_stored_trigger_and_triggers_of_an_older_portal_go()
    {
        await using var app = await PortalApp.StartAsync(a => a.WithJobs().With("Jobs:CleanUp", "0 0 5 * * ?"));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var scheduler = await app.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
            await scheduler.ScheduleJob(TriggerBuilder.Create().ForJob(CleanUpJob.Key).WithIdentity("clean-up-hourly")
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(TimeSpan.FromHours(1)).RepeatForever())
                    .StartAt(DateTimeOffset.UtcNow.AddHours(1)).Build());
        }
        Assert.Equal("0 0 5 * * ?", await CronAsync(app));
        await using var second = app.WithWebHostBuilder(b => b.UseSetting("Jobs:CleanUp", "0 0 6 * * ?"));
        _ = second.Server;
        await UntilAsync(async () => await CronAsync(app) == "0 0 6 * * ?");
        await UntilAsync(async () => await app.InDatabaseAsync(db =>
            db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM qrtz_triggers WHERE trigger_name = 'clean-up-hourly'")
                .SingleAsync()) == 0);
    }

    private static Task<string> CronAsync(PortalApp app) => app.InDatabaseAsync(db =>
        db.Database.SqlQuery<string>($"SELECT cron_expression AS \"Value\" FROM qrtz_cron_triggers WHERE trigger_name = 'clean-up'")
            .SingleAsync());

    [Fact]
    public void The_scheduler_brings_a_script_for_both_engines_and_every_table_can_be_dropped_again()
    {
        foreach (var script in new[] { QuartzSchema.PostgreSql, QuartzSchema.SqlServer }.Select(s =>
            string.Join('\n', s).ToUpperInvariant()))
        {
            Assert.DoesNotContain("{0}", script);
            Assert.DoesNotContain("{1}", script);
            var made = System.Text.RegularExpressions.Regex.Matches(script, @"CREATE TABLE (?:IF NOT EXISTS )?(QRTZ_\w+)")
                .Select(m => m.Groups[1].Value);
            Assert.Equal(made.Order(), QuartzSchema.Tables.Order());
        }
    }

    private static Task<HealthCheckResult> HealthAsync(PortalApp app) =>
        ActivatorUtilities.CreateInstance<JobsHealthCheck>(app.Services).CheckHealthAsync(new());

    private static Task<int> RunsAsync(PortalApp app) => app.InDatabaseAsync(db =>
        db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM qrtz_execution_history WHERE job_name = 'outbox'")
            .SingleAsync());

    private static async Task KillAsync(PortalApp app, string database)
    {
        var builder = new NpgsqlConnectionStringBuilder(app.Database.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command =
            new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = @name", connection);
        command.Parameters.AddWithValue("name", database);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Asks again until it is so; the limit is only there for a run that hangs.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "It did not come to that.");
            await Task.Delay(Step);
        }
    }
}
