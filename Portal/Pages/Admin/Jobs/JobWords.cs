using Localization;
using Microsoft.Extensions.Localization;
using Portal.Jobs;

namespace Portal.Pages.Admin.Jobs;

internal static class JobWords
{
    public static string Name(IStringLocalizer<UiText> texts, PortalJob job) => Text(texts, "Job" + job.Name);

    public static string What(IStringLocalizer<UiText> texts, PortalJob job) => Text(texts, "Job" + job.Name + "What");

    public static (string Word, string? Tone) Of(JobHealth health) => health switch
    {
        JobHealth.Well => (UiText.JobsWell, "good"),
        JobHealth.Running => (UiText.JobsRunning, "accent"),
        JobHealth.Failing => (UiText.JobsFailing, "bad"),
        JobHealth.Overdue => (UiText.JobsLate, "warn"),
        _ => (UiText.JobsUnscheduled, null),
    };

    /// <summary>Most runs take less than a second.</summary>
    public static string Length(TimeSpan took) =>
        took < TimeSpan.FromSeconds(1) ? UiText.JobsMilliseconds.With((long)took.TotalMilliseconds) : Spans.Of(took);

    private static string Text(IStringLocalizer<UiText> texts, string name) =>
        texts[name] is { ResourceNotFound: false } found ? found : throw new InvalidOperationException($"A job without words: {name}.");
}
