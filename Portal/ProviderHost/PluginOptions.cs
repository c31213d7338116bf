using System.ComponentModel.DataAnnotations;

namespace Portal.ProviderHost;

public sealed class PluginOptions
{
    public const string Section = "Plugins";

    /// <summary>More folders with one folder per plugin, besides the providers folder beside the portal.</summary>
    public string[] Folders { get; set; } = [];

    /// <summary>
    /// Id of the plugin of mentors who chose none. Empty: as an administrator set it, else the first whose manifest says that it is for
    /// everyone.
    /// </summary>
    public string DefaultTool { get; set; } = "";

    /// <summary>
    /// Id of the plugin that takes over where another fails. Empty: as an administrator set it, else the first whose manifest says that it
    /// is for everyone, else the default tool.
    /// </summary>
    public string StandIn { get; set; } = "";

    /// <summary>Ids of the plugins that mentors may choose. Empty: as an administrator set it, else all of them.</summary>
    public string[] AllowedTools { get; set; } = [];

    [Range(1, 120)]
    public int CallTimeoutSeconds { get; set; } = 25;

    /// <summary>No setting: what the portal was started as.</summary>
    internal bool IsDevelopment { get; set; }
}
