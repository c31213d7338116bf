using System.Globalization;
using Localization;
using Providers;

namespace Portal.ProviderHost;

/// <summary>
/// Calls into plugins. Every call has a time limit, and what goes wrong in a plugin comes out as a <see cref="ProviderException"/>,
/// whatever it was.
/// </summary>
internal sealed class ProviderCalls(TimeSpan limit, ILogger log)
{
    private const int MaxStuckCalls = 8;

    public TimeSpan Limit => limit;

    /// <param name="account">Whose provider is called.</param>
    /// <param name="name">Of the call, for the log.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="judges">The call says whether the tool works; false where a stranger wrote what it is about.</param>
    public async Task<T> CallAsync<T>(
        HostedAccount account, string name, Func<IMeetingProvider, CancellationToken, Task<T>> call, CancellationToken cancellationToken,
        bool judges = true)
    {
        if (account is not { Started.Provider: var provider })
            throw new ProviderException(ProviderFailure.NotConfigured, Text(ErrorText.PluginNotActive, account.PluginId));
        if (account.StuckCalls >= MaxStuckCalls)
            throw new ProviderException(ProviderFailure.Unavailable, Text(ErrorText.PluginNotAnswering, account.PluginId));

        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit);
        // On the pool, since a plugin may block before its first await.
        var work = Task.Run(() => call(provider, stop.Token), CancellationToken.None);
        _ = work.ContinueWith(_ => stop.Dispose(), TaskScheduler.Default);
        try
        {
            // A second more than the plugin knows of, so that it can say itself what took so long.
            var answer = await work.WaitAsync(limit + TimeSpan.FromSeconds(1), cancellationToken);
            if (judges)
                account.Works();
            return answer;
        }
        catch (ProviderException)
        {
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            GiveUpOn(account, work);
            throw;
        }
        catch (Exception failure)
        {
            var late = !work.IsCompleted || failure is OperationCanceledException;
            GiveUpOn(account, work);
            if (judges)
            {
                log.LogError(failure, "Plugin {Plugin} failed in {Call}", account.PluginId, name);
                account.Refuse(PluginState.Faulted, late
                    ? LocalText.Of(nameof(ErrorText.PluginCallTimeout), limit.TotalSeconds)
                    : LocalText.Of(nameof(ErrorText.PluginCallFailed), failure.GetType().Name));
            }
            else
                log.LogWarning("Plugin {Plugin} failed in {Call}: {Failure}", account.PluginId, name, failure.GetType().Name);
            throw new ProviderException(ProviderFailure.Unavailable, Text(ErrorText.PluginNotAnswering, account.PluginId), failure);
        }
    }

    public static string Text(string format, string providerId) => string.Format(CultureInfo.CurrentCulture, format, providerId);

    private static void GiveUpOn(HostedAccount account, Task work)
    {
        if (!work.IsCompleted)
            account.GiveUpOn(work);
    }
}
