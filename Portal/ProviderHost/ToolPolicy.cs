namespace Portal.ProviderHost;

/// <summary>What administrators decided about the tools: one row at most. The configuration wins over it.</summary>
public class StoredToolPolicy
{
    public const int TheOne = 1;

    public int Id { get; set; } = TheOne;

    /// <summary>Null for all tools.</summary>
    public List<string>? AllowedTools { get; set; }
    public string DefaultTool { get; set; } = "";
    public string StandIn { get; set; } = "";
    public Guid Version { get; set; } = Guid.NewGuid();
    public DateTimeOffset ChangedUtc { get; set; }
    public Guid? ChangedBy { get; set; }
}

/// <summary>Which tools mentors may choose, what those have who chose none, and what takes over where a tool fails.</summary>
/// <param name="Allowed">Null for all.</param>
/// <param name="DefaultTool">Empty where nobody said.</param>
/// <param name="StandIn">Empty where nobody said.</param>
public sealed record ToolPolicy(IReadOnlyList<string>? Allowed, string DefaultTool, string StandIn)
{
    public static ToolPolicy Of(PluginOptions configured, StoredToolPolicy? stored) => new(
        configured.AllowedTools.Length > 0 ? configured.AllowedTools : stored?.AllowedTools,
        configured.DefaultTool is "" ? stored?.DefaultTool ?? "" : configured.DefaultTool,
        configured.StandIn is "" ? stored?.StandIn ?? "" : configured.StandIn);

    public bool Allows(string providerId) => Allowed is null || Allowed.Contains(providerId);
}
