using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins;
using Providers;

namespace Portal.ProviderHost;

/// <summary>
/// Loads a plugin's assembly: its own dependencies in its own versions, the contract's types from the portal. It keeps plugins
/// out of each other's way; it is no sandbox, a plugin may do whatever the portal's process may.
/// </summary>
internal static class PluginAssembly
{
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Loaded = [];

    // Never unloaded and never disposed: a plugin lives as long as the process, which has its types once, whoever asks.
    public static Assembly Load(string path) => Loaded.GetOrAdd(path, p => new(() => LoadAnew(p))).Value;

    private static Assembly LoadAnew(string path)
    {
        var loader = PluginLoader.CreateFromAssemblyFile(path, [typeof(IMeetingProvider), typeof(ILogger)], c =>
        {
            c.DefaultContext = BySimpleName.One;
            // Otherwise whatever the contract refers to is loaded at once, and what is missing of it throws.
            c.IsLazyLoaded = true;
        });
        return loader.LoadDefaultAssembly();
    }

    /// <summary>
    /// The portal's assemblies in whatever version they are asked for. By full name, a plugin built on a newer contract would get
    /// the copy that it brings, whose types never match the portal's: it would have no provider, without any error.
    /// </summary>
    private sealed class BySimpleName : AssemblyLoadContext
    {
        public static readonly BySimpleName One = new();

        protected override Assembly? Load(AssemblyName name) => Default.LoadFromAssemblyName(new AssemblyName(name.Name!));
    }
}
