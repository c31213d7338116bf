using Portal.Data;
using Portal.Settings;
using Quartz;

namespace Portal.Jobs;

public static class JobsSetup
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(15);

    /// <summary>Jobs, kept and clustered in the portal's own database: any number of portals share them.</summary>
    public static IServiceCollection AddPortalJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobsOptions>().BindConfiguration(JobsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHealthChecks().AddCheck<JobsHealthCheck>("jobs", tags: ["ready"]);
        if (!(configuration.GetSection(JobsOptions.Section).Get<JobsOptions>() ?? new()).Enabled)
            return services;

        services.AddQuartz(q =>
        {
            q.ConfigureScheduler(s => s.InstanceName = "portal");
            // The scheduler lives on the machine's clock, also where a test sets the portal's.
            q.UseTimeProvider(TimeProvider.System);
            q.UseDefaultThreadPool(4);
            q.UsePersistentStore(store =>
            {
                store.ConfigureStore(o => o.TablePrefix = QuartzSchema.Prefix);
                if (configuration.Engine() == DatabaseEngine.SqlServer)
                    store.UseSqlServer(configuration.PortalConnection());
                else
                    store.UsePostgres(configuration.PortalConnection());
                store.UseClustering(_ => { });
                store.UseExecutionHistory();
            });
            q.ScheduleJob<OutboxJob>(
                t => t.WithIdentity("outbox-sweep").StartNow().WithSchedule(Every(Sweep)),
                j => j.WithIdentity(OutboxJob.Key).StoreDurably(true));
            q.ScheduleJob<MeetingLinkJob>(
                t => t.WithIdentity("meeting-links-sweep").StartNow().WithSchedule(Every(Sweep)),
                j => j.WithIdentity(MeetingLinkJob.Key).StoreDurably(true));
            q.ScheduleJob<RequestExpiryJob>(
                t => t.WithIdentity("request-expiry-sweep").StartNow().WithSchedule(Every(TimeSpan.FromMinutes(1))),
                j => j.WithIdentity(RequestExpiryJob.Key).StoreDurably(true));
            q.ScheduleJob<BusyCalendarJob>(
                t => t.WithIdentity("busy-calendars-sweep").StartNow().WithSchedule(Every(TimeSpan.FromMinutes(1))),
                j => j.WithIdentity(BusyCalendarJob.Key).StoreDurably(true));
            q.ScheduleJob<LiveSweepJob>(
                t => t.WithIdentity("live-sweep").StartNow().WithSchedule(Every(TimeSpan.FromMinutes(1))),
                j => j.WithIdentity(LiveSweepJob.Key).StoreDurably(true));
            q.ScheduleJob<PreflightJob>(
                t => t.WithIdentity("preflight-sweep").StartNow().WithSchedule(Every(TimeSpan.FromMinutes(15))),
                j => j.WithIdentity(PreflightJob.Key).StoreDurably(true));
            q.ScheduleJob<ClockRulesJob>(
                t => t.WithIdentity("clock-rules-daily").StartNow().WithSchedule(Every(TimeSpan.FromDays(1))),
                j => j.WithIdentity(ClockRulesJob.Key).StoreDurably(true));
            q.ScheduleJob<CleanUpJob>(
                t => t.WithIdentity("clean-up-hourly").StartNow().WithSchedule(Every(TimeSpan.FromHours(1))),
                j => j.WithIdentity(CleanUpJob.Key).StoreDurably(true));
        });
        services.Configure<QuartzHostedServiceOptions>(o => o.WaitForJobsToComplete = true);
        services.AddSingleton<QuartzHostedService>();
        services.AddHostedService<JobsService>();
        services.AddHostedService<OutboxWaker>();
        return services;
    }

    private static SimpleScheduleBuilder Every(TimeSpan interval) => SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever();
}
