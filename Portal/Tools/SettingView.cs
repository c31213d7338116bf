using Portal.ProviderHost;

namespace Portal.Tools;

/// <summary>One setting as the form shows it, in the current language.</summary>
/// <param name="Text">Never of a secret.</param>
/// <param name="IsSet">A value stands there; all that is told of a secret.</param>
/// <param name="IsLocked">The configuration says it.</param>
public sealed record SettingView(SettingField Field, string Label, string? Help, string Text, bool IsSet, bool IsLocked)
{
    /// <summary>As it holds, whatever was typed; empty for a secret.</summary>
    public string Now { get; init; } = "";

    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];
}

/// <param name="Title">Null for those that stand before all groups.</param>
public sealed record SettingGroup(string? Title, IReadOnlyList<SettingView> Settings);

/// <summary>The settings of one account and what an administrator has to know beside them.</summary>
public sealed record ToolForm(
    ProviderAccount Account, AccountStatus? Status, IReadOnlyList<SettingGroup> Groups, bool IsReadable, string? ChangedByName)
{
    public IEnumerable<SettingView> Settings => Groups.SelectMany(g => g.Settings);
}
