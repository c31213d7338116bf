using System.Reflection;
using Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Settings;
using Providers;

namespace Portal.ProviderHost;

/// <summary>Starts providers under their settings. Whatever is wrong becomes the account's state; nothing is thrown.</summary>
internal sealed class ProviderFactory(
    IConfiguration configuration,
    IOptions<PluginOptions> options,
    IHttpClientFactory http,
    ILoggerFactory loggers,
    TimeProvider clock,
    PublicAddress address,
    IStringLocalizer texts)
{
    private readonly ILogger log = loggers.CreateLogger<ProviderFactory>();

    public IConfiguration Configuration => configuration;

    public bool IsDevelopment => options.Value.IsDevelopment;

    public Task StartAsync(HostedAccount account, ProviderType type, StoredSettings stored) =>
        TryAsync(account, () => new StartedProvider(type.Make(ContextOf(type, stored)), type.PluginId), account.Start);

    /// <summary>On the pool and with a limit: a plugin's initializers and its constructor may block for ever.</summary>
    public async Task TryAsync<T>(HostedAccount account, Func<T> start, Action<T> started)
    {
        var seconds = options.Value.CallTimeoutSeconds;
        var work = Task.Run(start);
        try
        {
            started(await work.WaitAsync(TimeSpan.FromSeconds(seconds)));
        }
        catch (PluginRefusedException refused)
        {
            Refuse(account, refused);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            account.GiveUpOn(work);
            Refuse(account, new PluginRefusedException(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginLoadTimeout), seconds)));
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Plugin {Plugin} failed while it was being started", account.PluginId);
            account.Refuse(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginLoadFailed), failure.GetType().Name));
        }
    }

    public void Refuse(HostedAccount account, PluginRefusedException refused)
    {
        var level = refused.State is PluginState.Disabled or PluginState.NotConfigured ? LogLevel.Information : LogLevel.Warning;
        var reason = LocalText.InEach(() => refused.Reason.In(texts))[Languages.English];
        log.Log(level, "Plugin {Plugin} is {State}: {Reason}", account.PluginId, refused.State, reason);
        account.Refuse(refused.State, refused.Reason);
    }

    private object ContextOf(ProviderType type, StoredSettings stored)
    {
        var settings = PluginSettings.Read(type.Options, type.PluginId, configuration, stored);
        var make = typeof(ProviderFactory).GetMethod(nameof(Context), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(type.Options);
        return make.Invoke(this, BindingFlags.DoNotWrapExceptions, null, [type.PluginId, settings], null)!;
    }

    private ProviderContext<TOptions> Context<TOptions>(string pluginId, object settings) where TOptions : class, new() => new()
    {
        Options = (TOptions)settings,
        Http = http.CreateClient(ProviderHttp.NameOf(pluginId)),
        Logger = loggers.CreateLogger($"Plugin.{pluginId}"),
        Clock = clock,
        PublicUrl = address.Base,
    };
}
