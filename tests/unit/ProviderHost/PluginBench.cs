using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.ProviderHost;
using Portal.Settings;
using Tests.Support;

namespace Tests.ProviderHost;

/// <summary>A folder of plugins put together for one test, and the portal's host over it.</summary>
/// <param name="existing">A folder that somebody else put together, and deletes.</param>
internal sealed class PluginBench(string? existing = null) : IDisposable
{
    private readonly DirectoryInfo folder = existing is null ? Directory.CreateTempSubdirectory("plugins-") : new(existing);
    private readonly Dictionary<string, string?> settings = [];
    private ServiceProvider? services;
    private string environment = Environments.Production;

    public LogLines Log { get; } = new();

    public MeetingProviders Providers
    {
        get
        {
            services ??= Build();
            return services.GetRequiredService<MeetingProviders>();
        }
    }

    public IServiceProvider Services => services ??= Build();

    public string Folder(string name) => Path.Combine(folder.FullName, name);

    public PluginBench Set(string key, string value)
    {
        settings[key] = value;
        return this;
    }

    public PluginBench In(string name)
    {
        environment = name;
        return this;
    }

    /// <summary>For tests that wait for the limit; long enough for a busy machine to start the good plugins within it.</summary>
    public PluginBench Hurry() => Set("Plugins:CallTimeoutSeconds", "4");

    /// <summary>Copies a sample plugin, and changes its manifest.</summary>
    public PluginBench Add(string name, string sample = "sample", Action<JsonObject>? manifest = null)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "sample-providers", sample);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder(name), Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var path = Path.Combine(Folder(name), "plugin.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        if (sample == "sample")
        {
            json["id"] = name;
            Set($"Providers:{name}:Id", name);
        }
        manifest?.Invoke(json);
        File.WriteAllText(path, json.ToJsonString());
        return this;
    }

    public PluginBench AddText(string name, string manifest)
    {
        Directory.CreateDirectory(Folder(name));
        File.WriteAllText(Path.Combine(Folder(name), "plugin.json"), manifest);
        return this;
    }

    public PluginStatus Status(string id) => Providers.Find(id) ?? Providers.All.Single(p => p.Id == id);

    public void Dispose()
    {
        services?.Dispose();
        if (existing is null)
            folder.Delete(recursive: true);
    }

    private ServiceProvider Build()
    {
        settings["Plugins:Folders:0"] = folder.FullName;
        settings["Portal:PublicUrl"] = "https://portal.example";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment });
        collection.AddSingleton(TimeProvider.System);
        collection.AddLogging(b => b.AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        collection.AddPortalSettings();
        collection.AddSingleton(p => new PublicAddress(p.GetRequiredService<IOptions<PortalOptions>>(), null!, null!));
        collection.AddPortalProviders();
        return collection.BuildServiceProvider();
    }
}
