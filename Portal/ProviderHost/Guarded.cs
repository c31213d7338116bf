using Localization;

namespace Portal.ProviderHost;

/// <summary>What a plugin has to say at once, made safe: it has the time limit, and a failure is none of the caller's.</summary>
internal static class Guarded
{
    /// <summary>Null for a plugin that failed or took too long.</summary>
    public static T? Call<T>(HostedAccount account, Func<T?> call, TimeSpan limit, ILogger log, string name) where T : class
    {
        var work = Task.Run(call);
        try
        {
            if (work.Wait(limit))
                return work.Result;
            account.GiveUpOn(work);
            account.Refuse(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginCallTimeout), limit.TotalSeconds));
            return null;
        }
        catch (AggregateException failure)
        {
            // Without what was typed: it may hold a password of the meeting.
            log.LogError(failure.InnerException, "Plugin {Plugin} failed in {Call}", account.PluginId, name);
            account.Refuse(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginCallFailed), failure.InnerException!.GetType().Name));
            return null;
        }
    }
}
