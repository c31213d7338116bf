using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Settings;
using Quartz;

namespace Portal.Jobs;

public static class JobsSetup
{
    public const string Scheduler = "portal";

    /// <summary>Jobs, kept and clustered in the portal's own database: any number of portals share them.</summary>
    public static IServiceCollection AddPortalJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPortalOptions<JobsOptions>(JobsOptions.Section);
        services.AddPortalOptions<RetentionOptions>(RetentionOptions.Section);
        services.AddScoped<Retention>();
        services.AddScoped<TicketKeyRetention>();
        services.AddScoped<JobOverview>();
        services.AddHealthChecks().AddCheck<JobsHealthCheck>("jobs", tags: ["ready"]);
        if (!(configuration.GetSection(JobsOptions.Section).Get<JobsOptions>() ?? new()).Enabled)
            return services;

        services.AddQuartz(Scheduler, q =>
        {
            // The scheduler lives on the machine's clock, also where a test sets the portal's. (Only one with a name has a
            // clock of its own; one without would take over the portal's.)
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
            foreach (var job in PortalJobs.All)
            {
                q.AddJob(job.Type, j => j.WithIdentity(job.Key).StoreDurably(true));
                q.AddTrigger((provider, t) => t.ForJob(job.Key).WithIdentity(job.Trigger).WithSchedule(
                    CronScheduleBuilder.Create(provider.GetRequiredService<IOptions<JobsOptions>>().Value.CronOf(job))
                    .InTimeZone(TimeZoneInfo.Utc)));
            }
        });
        services.AddSingleton(provider => provider.GetRequiredKeyedService<ISchedulerFactory>(Scheduler));
        services.Configure<QuartzHostedServiceOptions>(o => o.WaitForJobsToComplete = true);
        services.AddSingleton<QuartzHostedService>();
        services.AddHostedService<JobsService>();
        return services;
    }
}
