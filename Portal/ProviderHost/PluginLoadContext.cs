using System.Reflection;
using System.Runtime.Loader;

namespace Portal.ProviderHost;

/// <summary>
/// Where one plugin's assemblies live: its own dependencies in its own versions, the contract's types from the portal.
/// It keeps plugins out of each other's way; it is no sandbox, a plugin may do whatever the portal's process may.
/// </summary>
internal sealed class PluginLoadContext(string assemblyPath) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assemblyPath))
{
    // By simple name: by full name, a plugin built on another version of the contract would bring types of its own that
    // never match the portal's, without any error.
    private static readonly HashSet<string> Shared = new(StringComparer.OrdinalIgnoreCase) { "Providers", "Microsoft.Extensions.Logging.Abstractions" };

    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    public Assembly LoadPlugin() => LoadFromAssemblyPath(assemblyPath);

    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name is { } simple && Shared.Contains(simple))
            return Default.LoadFromAssemblyName(new AssemblyName(simple));
        return resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string name) =>
        resolver.ResolveUnmanagedDllToPath(name) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
}
