using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;

namespace Portal.Tools;

/// <summary>Draws the form of an account's settings from the options class of its plugin.</summary>
public sealed class ToolForms(PortalDbContext db, HostedTools tools, MeetingProviders providers, SettingsVault vault)
{
    /// <summary>Null where there is no such account.</summary>
    /// <param name="tool">Which account.</param>
    /// <param name="typed">What was typed and not saved: it is shown instead of what is stored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ToolForm?> FindAsync(ToolAccount tool, ToolSettingsInput? typed, CancellationToken cancellationToken)
    {
        var account = await db.ProviderAccounts.AsNoTracking()
            .FirstOrDefaultAsync(a => a.Id == tool.AccountId && a.ProviderId == tool.ProviderId, cancellationToken);
        if (account is null || tools.Find(tool.ProviderId) is not { } plugin)
            return null;
        var changedBy = await db.Users.Where(u => u.Id == account.ChangedBy).Select(u => u.DisplayName)
            .FirstOrDefaultAsync(cancellationToken);
        var stored = vault.Open(account);
        var groups = plugin.Type is { } type ? Groups(type, stored.Values, typed) : [];
        return new(account, providers.FindAccount(tool), groups, stored.IsReadable, changedBy);
    }

    private List<SettingGroup> Groups(ProviderType type, IReadOnlyDictionary<string, string> stored, ToolSettingsInput? typed)
    {
        // Also what the configuration says, and where nothing is said the default.
        var (options, _) = PluginSettings.Bind(type.Options, type.PluginId, tools.Configuration, stored);
        return [.. type.Fields.GroupBy(f => f.Group).OrderBy(g => g.Key is null ? 0 : 1).Select(g => new SettingGroup(
            g.Key is null ? null : type.Words.Group(g.Key), [.. g.Select(f => View(type, f, options, stored, typed))]))];
    }

    private SettingView View(
        ProviderType type, SettingField field, object options, IReadOnlyDictionary<string, string> stored, ToolSettingsInput? typed)
    {
        var locked = PluginSettings.IsLocked(tools.Configuration, type.PluginId, field.Name);
        // What is stored and does not fit any more is shown as it is, to be mended.
        var now = !locked && stored.TryGetValue(field.Name, out var kept) ? kept : SettingText.Write(field.Property.GetValue(options));
        var text = !locked && typed?.Values.TryGetValue(field.Name, out var written) == true ? written ?? "" : now;
        return new(field, type.Words.Label(field), type.Words.Help(field), field.IsSecret ? "" : text, now is not "", locked)
        {
            Now = field.IsSecret ? "" : now,
            Choices = field.Kind != SettingKind.Choice ? []
                : [.. Enum.GetNames(field.Type).Select(value => (value, type.Words.Choice(field.Type, value)))],
        };
    }
}
