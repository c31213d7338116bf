using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.AuditTrail;
using Portal.Joining;
using Portal.People;
using Portal.ProviderHost;
using Providers;
using Tests.Support;

namespace Tests.Tools;

/// <summary>A portal with the sample plugin, an administrator's browser and the plugin's accounts.</summary>
public sealed class ToolBench : IAsyncLifetime
{
    public const string Tool = "sample";

    private readonly TempFolder _folder = new();

    public PortalApp App { get; private set; } = null!;

    public Scene Scene { get; private set; } = null!;

    public PortalUser Boss { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    /// <summary>A line for each meeting that was ended, and for each account that was disconnected.</summary>
    public string Ended => _folder["ended"];

    public MeetingProviders Providers => App.Services.GetRequiredService<MeetingProviders>();

    public async Task InitializeAsync()
    {
        App = await PortalApp.StartAsync(a => a
            .With("Plugins:Folders:0", Path.Combine(AppContext.BaseDirectory, "sample-providers"))
            .With("Providers:sample:EndedFile", Ended).With("Providers:sample:Level", "3"));
        Scene = new(App);
        Boss = await Scene.AdminAsync();
        Admin = await Scene.BrowserAsync(Boss);
    }

    /// <summary>After a test that let time go by: the administrator signs in anew.</summary>
    public async Task RenewAsync() => Admin = await Scene.BrowserAsync(Boss);

    /// <summary>Where the mentee is led when the session begins.</summary>
    public async Task<string> JoinedAsync(BookedScene session)
    {
        App.Clock.MoveTo(session.Start);
        await RenewAsync();
        var outcome = await App.InScopeAsync<JoinService, JoinOutcome>(j => j.JoinByAccountAsync(session.Id, session.Mentee.Id, default));
        return Assert.IsType<RedirectTarget>(outcome.Target).Url.AbsoluteUri;
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        _folder.Dispose();
    }

    public Task<ProviderAccount> DefaultAsync() =>
        App.InDatabaseAsync(db => db.ProviderAccounts.AsNoTracking().SingleAsync(a => a.ProviderId == Tool && a.IsDefault));

    public Task<ProviderAccount> FindAsync(Guid id) =>
        App.InDatabaseAsync(db => db.ProviderAccounts.AsNoTracking().SingleAsync(a => a.Id == id));

    /// <summary>An account of the test's own, added by the page.</summary>
    public async Task<ProviderAccount> AddAsync(params (string Setting, string Value)[] values)
    {
        var name = $"account {Guid.NewGuid():N}";
        using (var added = await Forms.PostAsync(Admin, $"/admin/tools/{Tool}", new() { ["name"] = name }))
            Assert.Equal($"/admin/tools/{Tool}", added.Headers.Location?.OriginalString);
        var account = await App.InDatabaseAsync(db => db.ProviderAccounts.AsNoTracking().SingleAsync(a => a.Name == name));
        if (values.Length == 0)
            return account;
        using var saved = await SaveAsync(account, values);
        Assert.Equal(PageOf(account), saved.Headers.Location?.OriginalString);
        return await FindAsync(account.Id);
    }

    public static string PageOf(ProviderAccount account) => $"/admin/tools/{account.ProviderId}/{account.Id}";

    public Task<HttpResponseMessage> SaveAsync(ProviderAccount account, params (string Setting, string Value)[] values) =>
        PostAsync(Admin, account, "", values);

    public static Task<HttpResponseMessage> PostAsync(
        HttpClient browser, ProviderAccount account, string handler, params (string Setting, string Value)[] values)
    {
        var fields = values.ToDictionary(
            v => v.Setting.StartsWith("Input.", StringComparison.Ordinal) ? v.Setting : $"Input.Values[{v.Setting}]", v => v.Value);
        fields["Input.Version"] = $"{account.Version}";
        return Forms.PostAsync(browser, PageOf(account), fields, PageOf(account) + handler);
    }

    public Task<HttpResponseMessage> DoAsync(ProviderAccount account, string handler, params (string Name, string Value)[] fields) =>
        Forms.PostAsync(Admin, PageOf(account), fields.ToDictionary(f => f.Name, f => f.Value), $"{PageOf(account)}?handler={handler}");

    public Task<List<AuditEntry>> TrailAsync(Guid account) => App.InDatabaseAsync(db =>
        db.AuditEntries.AsNoTracking().Where(a => a.Subject == $"tool-account:{account}").OrderBy(a => a.AtUtc).ThenBy(a => a.Id)
            .ToListAsync());
}
