using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Settings;
using Portal.Tools;

namespace Portal.Pages.Admin.Settings;

/// <param name="Settings">Those that are not as the tool comes.</param>
public sealed record AccountInEffect(string Title, string Link, bool IsReadable, string? Problem, IReadOnlyList<SettingInEffect> Settings);

/// <summary>What is in effect and where it comes from. Nothing is changed here.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(
    SettingsOverview overview, MeetingProviders providers, ToolForms forms, PortalDbContext db, HttpsWatch https) : PageModel
{
    public IReadOnlyList<SettingsSection> Sections { get; private set; } = [];

    public IReadOnlyList<AccountInEffect> Accounts { get; private set; } = [];

    /// <summary>What an operator should change; sentences in English.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public bool LooksLikeHttp => https.SawHttp;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var policy = await db.ToolPolicies.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        Sections = [.. overview.Read().Select(s => s.Name == PluginOptions.Section && policy is not null
            ? s with { Settings = [.. s.Settings.Select(x => WithPolicy(x, policy))] } : s)];
        Warnings = await db.WarningsAsync(cancellationToken);
        var accounts = new List<AccountInEffect>();
        foreach (var tool in providers.All.OrderBy(p => p.Id, StringComparer.Ordinal))
            foreach (var account in providers.Accounts(tool.Id))
                if (await forms.FindAsync(new(tool.Id, account.Id), null, cancellationToken) is { } form)
                    accounts.Add(Account(tool, form));
        Accounts = accounts;
    }

    /// <summary>The configuration wins over what administrators decided.</summary>
    private static SettingInEffect WithPolicy(SettingInEffect setting, StoredToolPolicy policy)
    {
        var stored = setting.Key[(PluginOptions.Section.Length + 1)..] switch
        {
            nameof(PluginOptions.AllowedTools) when policy.AllowedTools is { } tools => string.Join(", ", tools),
            nameof(PluginOptions.DefaultTool) => policy.DefaultTool,
            nameof(PluginOptions.StandIn) => policy.StandIn,
            _ => "",
        };
        return setting.Value.Length > 0 || stored.Length == 0 ? setting
            : setting with { Value = stored, IsSet = true, Source = SettingSource.Stored };
    }

    private AccountInEffect Account(PluginStatus tool, ToolForm form)
    {
        var settings = from view in form.Settings
                       let key = $"Providers:{tool.Id}:{view.Field.Name}"
                       let source = view.IsLocked ? overview.SourceOf(key) : (SettingSource.Stored, null)
                       where view.IsLocked || (view.Field.IsSecret ? view.IsSet : view.Now != Default(view.Field))
                       select new SettingInEffect(
                           key, view.Field.IsSecret ? "" : view.Now, view.Field.IsSecret, view.IsSet, source.Item1, source.Item2);
        return new($"{tool.NameIn(Languages.Current)} – {form.Account.Name}", $"/admin/tools/{tool.Id}/{form.Account.Id}",
            form.IsReadable, tool.IsBad ? tool.Reason : form.Status is { State: PluginState.NeedsAttention or PluginState.Faulted } bad
                ? bad.Reason : null, [.. settings]);
    }

    private static string Default(SettingField field) =>
        SettingText.Write(field.Property.GetValue(Activator.CreateInstance(field.Property.DeclaringType!)));
}
