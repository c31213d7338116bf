using Localization;
using Providers;

namespace Portal.ProviderHost;

/// <summary>A plugin's check of addresses, made safe: it has the time limit, and a failure is a refusal.</summary>
internal sealed class GuardedMentorUrls(HostedPlugin plugin, ISupportsMentorUrl urls, TimeSpan limit, ILogger log) : ISupportsMentorUrl
{
    public MentorUrlCheck CheckUrl(string? url)
    {
        var work = Task.Run(() => urls.CheckUrl(url));
        try
        {
            if (!work.Wait(limit))
            {
                plugin.GiveUpOn(work);
                plugin.Refuse(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginCallTimeout), limit.TotalSeconds));
                return Refusal();
            }
            var check = work.Result;
            return check is { Url: not null } or { Refusal: not null } ? check : Refusal();
        }
        catch (AggregateException failure)
        {
            // Without the address: it may hold a password of the meeting.
            log.LogError(failure.InnerException, "Plugin {Plugin} failed in {Call}", plugin.Id, nameof(CheckUrl));
            plugin.Refuse(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginCallFailed), failure.InnerException!.GetType().Name));
            return Refusal();
        }
    }

    private static MentorUrlCheck Refusal() => new(null, ErrorText.PluginUrlCheckFailed);
}
