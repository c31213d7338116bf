using System.Reflection;
using Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Settings;
using Providers;

namespace Portal.ProviderHost;

/// <summary>Finds plugins in folders and starts them. Whatever is wrong with one of them becomes its state; nothing is thrown.</summary>
internal sealed class PluginCatalog(
    IConfiguration configuration,
    IOptions<PluginOptions> options,
    IHttpClientFactory http,
    ILoggerFactory loggers,
    TimeProvider clock,
    PublicAddress address,
    IStringLocalizer texts)
{
    /// <summary>The portal's own plugins, put beside it by the build.</summary>
    public const string OwnFolder = "providers";

    private readonly ILogger log = loggers.CreateLogger<PluginCatalog>();

    public async Task<IReadOnlyList<HostedPlugin>> LoadAsync()
    {
        var plugins = new List<HostedPlugin>();
        var starts = new List<Task>();
        var taken = new HashSet<string>();
        foreach (var folder in Folders())
        {
            var name = Path.GetFileName(folder);
            try
            {
                var manifest = PluginManifest.Read(folder);
                var plugin = new HostedPlugin(manifest.Id, manifest.Names, taken.Add(manifest.Id), clock)
                {
                    IsForEveryone = manifest.ForEveryone,
                };
                plugins.Add(plugin);
                if (plugin.IsIdentified)
                    starts.Add(StartAsync(plugin, manifest, folder));
                else
                    Refuse(plugin, new PluginRefusedException(PluginState.Faulted,
                    LocalText.Of(nameof(ErrorText.PluginDuplicate), manifest.Id)));
            }
            catch (PluginRefusedException refused)
            {
                var plugin = new HostedPlugin(name, new Dictionary<string, string>(), false, clock);
                plugins.Add(plugin);
                Refuse(plugin, refused);
            }
        }
        await Task.WhenAll(starts);
        return plugins;
    }

    private IEnumerable<string> Folders()
    {
        foreach (var root in options.Value.Folders.Prepend(OwnFolder).Select(f => Path.GetFullPath(f, AppContext.BaseDirectory)))
        {
            string[] found;
            try
            {
                found = Directory.GetDirectories(root);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogWarning(e, "The plugins folder {Folder} cannot be read", root);
                continue;
            }
            foreach (var folder in found.Order(StringComparer.Ordinal).Where(f => Directory.EnumerateFileSystemEntries(f).Any()))
                yield return folder;
        }
    }

    private async Task StartAsync(HostedPlugin plugin, PluginManifest manifest, string folder)
    {
        // On the pool and with a limit: a plugin's initializers and its constructor may block for ever.
        var seconds = options.Value.CallTimeoutSeconds;
        var start = Task.Run(() => Start(manifest, folder));
        try
        {
            plugin.Start(await start.WaitAsync(TimeSpan.FromSeconds(seconds)));
            log.LogInformation("Plugin {Plugin} {Version} is active", manifest.Id, manifest.Version);
        }
        catch (PluginRefusedException refused)
        {
            Refuse(plugin, refused);
        }
        catch (TimeoutException) when (!start.IsCompleted)
        {
            plugin.GiveUpOn(start);
            Refuse(plugin, new PluginRefusedException(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginLoadTimeout), seconds)));
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Plugin {Plugin} failed while it was being started", manifest.Id);
            plugin.Refuse(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginLoadFailed), failure.GetType().Name));
        }
    }

    private StartedProvider Start(PluginManifest manifest, string folder)
    {
        manifest.RequireFitting();
        if (!configuration.GetSection(PluginSettings.SectionOf(manifest.Id)).GetValue("Enabled", true))
            throw new PluginRefusedException(PluginState.Disabled, LocalText.Of(nameof(ErrorText.PluginDisabled), manifest.Id));

        var path = Path.Combine(folder, manifest.Assembly);
        if (!File.Exists(path))
            throw Faulted(nameof(ErrorText.PluginAssemblyMissing), manifest.Assembly);

        var types = PluginAssembly.Load(path).GetExportedTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IMeetingProvider))).ToList();
        if (types.Count != 1)
            throw Faulted(nameof(ErrorText.PluginProviderCount), types.Count);
        return new StartedProvider(Construct(types[0], manifest.Id), manifest.Id);
    }

    private IMeetingProvider Construct(Type type, string pluginId)
    {
        var constructors = type.GetConstructors();
        if (constructors is not [var constructor]
            || constructor.GetParameters() is not [{ ParameterType: { IsGenericType: true } contextType }]
            || contextType.GetGenericTypeDefinition() != typeof(ProviderContext<>))
            throw Faulted(nameof(ErrorText.PluginConstructor));

        var make = typeof(PluginCatalog).GetMethod(nameof(Context), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(contextType.GetGenericArguments());
        return (IMeetingProvider)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null,
            [make.Invoke(this, BindingFlags.DoNotWrapExceptions, null, [pluginId], null)], null);
    }

    private ProviderContext<TOptions> Context<TOptions>(string pluginId) where TOptions : class, new() => new()
    {
        Options = (TOptions)PluginSettings.Read(typeof(TOptions), pluginId, configuration),
        Http = http.CreateClient(ProviderHttp.NameOf(pluginId)),
        Logger = loggers.CreateLogger($"Plugin.{pluginId}"),
        Clock = clock,
        PublicUrl = address.Base,
    };

    private void Refuse(HostedPlugin plugin, PluginRefusedException refused)
    {
        var level = refused.State == PluginState.Disabled ? LogLevel.Information : LogLevel.Warning;
        var reason = LocalText.InEach(() => refused.Reason.In(texts))[Languages.English];
        log.Log(level, "Plugin {Plugin} is {State}: {Reason}", plugin.Id, refused.State, reason);
        plugin.Refuse(refused.State, refused.Reason);
    }

    private static PluginRefusedException Faulted(string text, params object[] values) =>
        new(PluginState.Faulted, LocalText.Of(text, values));
}
