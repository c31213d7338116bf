using System.Reflection;
using Localization;
using Providers;

namespace Portal.ProviderHost;

/// <summary>The code of a plugin: its one provider class, and the class of its settings.</summary>
internal sealed class ProviderType
{
    private readonly ConstructorInfo constructor;

    private ProviderType(string pluginId, ConstructorInfo constructor, Type options)
    {
        (PluginId, this.constructor, Options) = (pluginId, constructor, options);
        Fields = SettingField.Of(options);
        Words = new(options);
    }

    public string PluginId { get; }

    public Type Options { get; }

    public IReadOnlyList<SettingField> Fields { get; }

    public SettingWords Words { get; }

    /// <exception cref="PluginRefusedException">With what the assembly lacks.</exception>
    public static ProviderType Of(string pluginId, Assembly assembly)
    {
        var types = assembly.GetExportedTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IMeetingProvider))).ToList();
        if (types.Count != 1)
            throw Faulted(nameof(ErrorText.PluginProviderCount), types.Count);
        return types[0].GetConstructors() is [var constructor]
            && constructor.GetParameters() is [{ ParameterType: { IsGenericType: true } context }]
            && context.GetGenericTypeDefinition() == typeof(ProviderContext<>)
                ? new(pluginId, constructor, context.GetGenericArguments()[0])
                : throw Faulted(nameof(ErrorText.PluginConstructor));
    }

    /// <param name="context">A <see cref="ProviderContext{TOptions}"/> of <see cref="Options"/>.</param>
    public IMeetingProvider Make(object context) =>
        (IMeetingProvider)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [context], null);

    private static PluginRefusedException Faulted(string text, params object[] values) =>
        new(PluginState.Faulted, LocalText.Of(text, values));
}
