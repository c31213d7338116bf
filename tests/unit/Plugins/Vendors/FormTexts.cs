using System.ComponentModel;
using System.Reflection;
using System.Resources;

namespace Tests.Plugins.Vendors;

/// <summary>What the settings form of a plugin is made of.</summary>
internal static class FormTexts
{
    /// <summary>Keys that the form needs and the resources lack.</summary>
    public static IEnumerable<string> Missing(Type options)
    {
        var texts = new ResourceManager(options.Namespace + ".Texts", options.Assembly);
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return properties.Select(p => "Option" + p.Name)
            .Concat(properties.Select(p => "Group" + p.GetCustomAttribute<CategoryAttribute>()?.Category).Distinct())
            .Concat(properties.Where(p => p.PropertyType.IsEnum).Select(p => p.PropertyType).Distinct()
                .SelectMany(t => Enum.GetNames(t).Select(n => t.Name + n)))
            .Where(key => texts.GetString(key) is null);
    }
}
