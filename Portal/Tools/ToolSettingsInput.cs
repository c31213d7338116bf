namespace Portal.Tools;

/// <summary>Settings of one account as they were typed. What is not named stays as it is.</summary>
public sealed class ToolSettingsInput
{
    /// <summary>Of the settings that were shown: others may have saved since.</summary>
    public Guid? Version { get; set; }

    /// <summary>By the options' names, as texts. A secret that is empty stays.</summary>
    public Dictionary<string, string?> Values { get; set => field = value ?? []; } = [];

    /// <summary>Secrets to take away.</summary>
    public List<string> Remove { get; set => field = value ?? []; } = [];

    /// <summary>Stored settings that cannot be read may be lost.</summary>
    public bool Replace { get; set; }
}
