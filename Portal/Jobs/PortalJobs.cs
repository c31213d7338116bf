using Quartz;

namespace Portal.Jobs;

/// <param name="Name">Of its setting in <see cref="JobsOptions"/>, and of its words: JobOutbox and JobOutboxWhat for Outbox.</param>
public sealed record PortalJob(string Name, JobKey Key, Type Type)
{
    /// <summary>The one trigger that follows the setting.</summary>
    public TriggerKey Trigger => new(Key.Name);
}

/// <summary>Every job there is.</summary>
public static class PortalJobs
{
    public static readonly IReadOnlyList<PortalJob> All =
    [
        new(nameof(JobsOptions.Outbox), OutboxJob.Key, typeof(OutboxJob)),
        new(nameof(JobsOptions.Reminders), ReminderJob.Key, typeof(ReminderJob)),
        new(nameof(JobsOptions.MeetingLinks), MeetingLinkJob.Key, typeof(MeetingLinkJob)),
        new(nameof(JobsOptions.Recordings), RecordingsJob.Key, typeof(RecordingsJob)),
        new(nameof(JobsOptions.RequestExpiry), RequestExpiryJob.Key, typeof(RequestExpiryJob)),
        new(nameof(JobsOptions.Completion), CompletionJob.Key, typeof(CompletionJob)),
        new(nameof(JobsOptions.LiveSweep), LiveSweepJob.Key, typeof(LiveSweepJob)),
        new(nameof(JobsOptions.Push), PushJob.Key, typeof(PushJob)),
        new(nameof(JobsOptions.Preflight), PreflightJob.Key, typeof(PreflightJob)),
        new(nameof(JobsOptions.ClockRules), ClockRulesJob.Key, typeof(ClockRulesJob)),
        new(nameof(JobsOptions.BusyCalendars), BusyCalendarJob.Key, typeof(BusyCalendarJob)),
        new(nameof(JobsOptions.CleanUp), CleanUpJob.Key, typeof(CleanUpJob)),
    ];

    public static PortalJob? Find(string? key) => All.FirstOrDefault(j => j.Key.Name == key);
}
