using System.ComponentModel.DataAnnotations;
using Quartz;

namespace Portal.Jobs;

public sealed class JobsOptions : IValidatableObject
{
    public const string Section = "Jobs";

    /// <summary>False: this portal serves pages only and leaves mails and clean-up to another one on the same database.</summary>
    public bool Enabled { get; set; } = true;

    // When each job runs: cron expressions of Quartz, in UTC. One property a job, by the name it has in PortalJobs.

    public string Outbox { get; set; } = "0/15 * * * * ?";
    public string MeetingLinks { get; set; } = "5/15 * * * * ?";
    public string Recordings { get; set; } = "25 * * * * ?";
    public string RequestExpiry { get; set; } = "10 * * * * ?";
    public string BusyCalendars { get; set; } = "20 * * * * ?";
    public string Reminders { get; set; } = "0 * * * * ?";
    public string Completion { get; set; } = "30 * * * * ?";
    public string LiveSweep { get; set; } = "40 * * * * ?";
    public string Push { get; set; } = "3/10 * * * * ?";
    public string Preflight { get; set; } = "50 */15 * * * ?";
    public string ClockRules { get; set; } = "15 3 * * * ?";
    public string CleanUp { get; set; } = "40 7 * * * ?";

    public string CronOf(PortalJob job) => (string)typeof(JobsOptions).GetProperty(job.Name)!.GetValue(this)!;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var job in PortalJobs.All)
        {
            var cron = CronOf(job);
            if (!CronExpression.TryParse(cron, out var parsed))
                yield return new($"{Section}:{job.Name} is not a cron expression: \"{cron}\". It takes six fields (second, minute, hour, day of month, month, "
                    + "day of week) with a ? for one of the two days, such as \"0 */5 * * * ?\" for every five minutes.", [job.Name]);
            else if (parsed.GetNextValidTimeAfter(TimeProvider.System.GetUtcNow()) is null)
                yield return new($"{Section}:{job.Name} would never run again: \"{cron}\".", [job.Name]);
        }
    }
}
