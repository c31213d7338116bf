using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Settings;

namespace Portal.ProviderHost;

/// <summary>
/// The loaded plugins and a started provider for each of their accounts. What administrators change is started anew without a restart:
/// by the portal where it was saved at once, by others when they next look (<see cref="HostedToolsWatch"/>).
/// </summary>
public sealed class HostedTools
{
    private readonly Lazy<Task<IReadOnlyList<HostedPlugin>>> loading;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly ProviderFactory factory;
    private readonly SettingsVault vault;
    private readonly PluginOptions configured;
    private readonly TimeProvider clock;
    private volatile ToolPolicy policy;

    public HostedTools(
        IConfiguration configuration,
        IOptions<PluginOptions> options,
        IHttpClientFactory http,
        ILoggerFactory loggers,
        TimeProvider clock,
        PublicAddress address,
        SettingsVault vault,
        IStringLocalizer<ErrorText> texts)
    {
        (this.clock, this.vault, configured) = (clock, vault, options.Value);
        policy = ToolPolicy.Of(configured, null);
        factory = new(configuration, options, http, loggers, clock, address, texts);
        loading = new(new PluginCatalog(factory, options, loggers, clock).LoadAsync);
    }

    public ToolPolicy Policy => policy;

    internal IReadOnlyList<HostedPlugin> Plugins => loading.Value.GetAwaiter().GetResult();

    internal IConfiguration Configuration => factory.Configuration;

    /// <summary>Loads all plugins, once; whoever asks for one earlier waits for it.</summary>
    public Task LoadAsync() => loading.Value;

    internal HostedPlugin? Find(string providerId) => Plugins.FirstOrDefault(p => p.Id == providerId && p.IsIdentified);

    /// <summary>A provider under settings that are not saved; nobody else sees it.</summary>
    internal async Task<HostedAccount> TryOutAsync(ProviderType type, IReadOnlyDictionary<string, string> values)
    {
        var account = new HostedAccount(type.PluginId, clock);
        await factory.StartAsync(account, type, new(values, true));
        return account;
    }

    /// <summary>Sees to it that each plugin has its default account. Several nodes may do so at once.</summary>
    public async Task EnsureAccountsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        foreach (var id in Plugins.Where(p => p.IsIdentified).Select(p => p.Id).Distinct())
        {
            if (await db.ProviderAccounts.AnyAsync(a => a.ProviderId == id && a.IsDefault, cancellationToken))
                continue;
            var account = new ProviderAccount { ProviderId = id, Name = "default", IsDefault = true, CreatedUtc = clock.GetUtcNow() };
            db.Add(account);
            await db.TrySaveAsync(cancellationToken); // Another node was faster.
        }
        await RefreshAsync(db, cancellationToken);
    }

    /// <summary>Starts what was changed since it was started, and forgets what is gone.</summary>
    public async Task RefreshAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await LoadAsync();
        // Read inside of it, so that nobody puts back what was read before another change.
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var stored = await db.ToolPolicies.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
            policy = ToolPolicy.Of(configured, stored);
            var rows = await db.ProviderAccounts.AsNoTracking().OrderBy(a => a.CreatedUtc).ToListAsync(cancellationToken);
            await Task.WhenAll(Plugins.Where(p => p is { IsIdentified: true, Type: not null })
                .Select(p => RefreshAsync(p, rows.Where(r => r.ProviderId == p.Id))));
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task RefreshAsync(HostedPlugin plugin, IEnumerable<ProviderAccount> rows) =>
        plugin.Swap(await Task.WhenAll(rows.Select(async row =>
            plugin.Accounts.FirstOrDefault(a => a.Id == row.Id && a.Version == row.Version) ?? await StartAsync(plugin, row))));

    private async Task<HostedAccount> StartAsync(HostedPlugin plugin, ProviderAccount row)
    {
        var account = new HostedAccount(plugin.Id, clock)
        {
            Id = row.Id,
            Name = row.Name,
            IsDefault = row.IsDefault,
            Version = row.Version,
        };
        if (row.IsDisabled)
            account.Refuse(PluginState.Disabled, LocalText.Of(nameof(ErrorText.ToolAccountOff)));
        else if (row.Settings is null && plugin.Configured.Started is { } started)
            account.Start(started); // the same settings make the same provider
        else
            await factory.StartAsync(account, plugin.Type!, vault.Open(row));
        return account;
    }
}
