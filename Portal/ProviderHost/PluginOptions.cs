using System.ComponentModel.DataAnnotations;

namespace Portal.ProviderHost;

public sealed class PluginOptions
{
    public const string Section = "Plugins";

    /// <summary>More folders with one folder per plugin, besides the providers folder beside the portal.</summary>
    public string[] Folders { get; set; } = [];

    /// <summary>Id of the plugin of mentors who chose none. Empty: the first whose manifest says that it is for everyone.</summary>
    public string DefaultTool { get; set; } = "";

    [Range(1, 120)]
    public int CallTimeoutSeconds { get; set; } = 25;
}
