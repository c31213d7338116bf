using Localization;
using Microsoft.Extensions.Options;

namespace Portal.ProviderHost;

/// <summary>Finds plugins in folders and loads them. Whatever is wrong with one of them becomes its state; nothing is thrown.</summary>
internal sealed class PluginCatalog(
    ProviderFactory factory, IOptions<PluginOptions> options, ILoggerFactory loggers, TimeProvider clock)
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
                    factory.Refuse(plugin.Configured, new PluginRefusedException(PluginState.Faulted,
                        LocalText.Of(nameof(ErrorText.PluginDuplicate), manifest.Id)));
            }
            catch (PluginRefusedException refused)
            {
                var plugin = new HostedPlugin(name, new Dictionary<string, string>(), false, clock);
                plugins.Add(plugin);
                factory.Refuse(plugin.Configured, refused);
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
        await factory.TryAsync(plugin.Configured, () => Load(manifest, folder), type => plugin.Type = type);
        if (plugin.Type is not { } loaded)
            return;
        await factory.StartAsync(plugin.Configured, loaded, StoredSettings.None);
        if (plugin.Configured.State == PluginState.Active)
            log.LogInformation("Plugin {Plugin} {Version} is active", manifest.Id, manifest.Version);
    }

    private ProviderType Load(PluginManifest manifest, string folder)
    {
        manifest.RequireFitting();
        manifest.RequireEnvironment(factory.IsDevelopment);
        if (!factory.Configuration.GetSection(PluginSettings.SectionOf(manifest.Id)).GetValue("Enabled", true))
            throw new PluginRefusedException(PluginState.Disabled, LocalText.Of(nameof(ErrorText.PluginDisabled), manifest.Id));
        var path = Path.Combine(folder, manifest.Assembly);
        return File.Exists(path) ? ProviderType.Of(manifest.Id, PluginAssembly.Load(path))
            : throw new PluginRefusedException(
                PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginAssemblyMissing), manifest.Assembly));
    }
}
