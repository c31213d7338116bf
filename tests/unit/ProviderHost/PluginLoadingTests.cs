using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.ProviderHost;
using Providers;
using Tests.Support;

namespace Tests.ProviderHost;

public sealed class PluginLoadingTests : IDisposable
{
    private readonly PluginBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_portals_own_plugins_and_one_in_a_clean_folder_are_active()
    {
        bench.Add("clean");

        var handle = await bench.Providers.CreateAsync("clean", Meetings.Request(), default);

        Assert.Equal(Meetings.Request().IdempotencyKey, handle.Value);
        Assert.All(["jitsi", "manual", "clean"], id => Assert.Equal(PluginState.Active, bench.Status(id).State));
        Assert.NotNull(bench.Providers.Embedding("jitsi"));
        Assert.NotNull(bench.Providers.MentorUrls("manual"));
        Assert.Null(bench.Providers.Embedding("manual"));
        Assert.Null(bench.Providers.MentorUrls("jitsi"));
    }

    [Fact]
    public async Task A_plugin_built_on_an_older_contract_that_brings_a_copy_of_it_works()
    {
        bench.Add("older", "older-contract");

        var target = await bench.Providers.JoinAsync("older-contract", Meetings.Join(new MeetingHandle("room")), default);

        Assert.True(File.Exists(Path.Combine(bench.Folder("older"), "Providers.dll")));
        Assert.Equal("https://older.example/room", Assert.IsType<RedirectTarget>(target).Url.AbsoluteUri);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plugin_built_on_newer_assemblies_works_whether_it_brings_a_copy_or_not(bool bringsCopies)
    {
        const string contract = "Providers", logging = "Microsoft.Extensions.Logging.Abstractions";
        bench.Add("newer");
        OtherVersion.OfReference(Path.Combine(bench.Folder("newer"), "Sample.dll"), contract, 1, 5);
        OtherVersion.OfReference(Path.Combine(bench.Folder("newer"), "Sample.dll"), logging, 11, 0);
        if (bringsCopies)
        {
            var copy = Path.Combine(bench.Folder("newer"), contract + ".dll");
            File.Copy(typeof(IMeetingProvider).Assembly.Location, copy);
            OtherVersion.OfAssembly(copy, 1, 5);
            copy = Path.Combine(bench.Folder("newer"), logging + ".dll");
            File.Copy(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location, copy);
            OtherVersion.OfAssembly(copy, 11, 0);
        }

        Assert.Equal("Active https://sample.example/room", await LoadingProcess.LoadAsync(bench, "newer"));
    }

    [Fact]
    public async Task A_plugin_built_on_an_older_contract_works_in_a_process_of_its_own_as_well()
    {
        bench.Add("older", "older-contract");

        Assert.Equal("Active https://older.example/room", await LoadingProcess.LoadAsync(bench, "older-contract"));
    }

    [Theory]
    [InlineData("1.3")]
    [InlineData("2.0")]
    [InlineData("0.9")]
    public void A_plugin_for_a_contract_that_this_portal_does_not_have_is_incompatible_and_its_code_is_not_loaded(string contract)
    {
        bench.Add("newer", manifest: json => json["contract"] = contract).Set("Providers:newer:Behaviour", "ThrowsInConstructor");

        var status = bench.Status("newer");

        Assert.Equal(PluginState.Incompatible, status.State);
        Assert.Contains(contract, status.Reason);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(),
            a => !a.IsDynamic && a.Location.StartsWith(bench.Folder("newer"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 0, "1.0", true)]
    [InlineData(1, 4, "1.0", true)]
    [InlineData(1, 4, "1.4", true)]
    [InlineData(1, 4, "1.5", false)]
    [InlineData(2, 0, "1.9", false)]
    [InlineData(1, 9, "2.0", false)]
    [InlineData(1, 0, "1", false)]
    [InlineData(1, 0, "one.zero", false)]
    public void A_contract_fits_when_its_major_is_ours_and_its_minor_not_above(int major, int minor, string contract, bool fits) =>
        Assert.Equal(fits, new PluginManifest("x", "x.dll", "1", contract, new Dictionary<string, string>()).Fits(major, minor));

    [Fact]
    public void A_constructor_that_throws_faults_the_plugin_alone()
    {
        bench.Add("throwing").Set("Providers:throwing:Behaviour", "ThrowsInConstructor");

        Assert.Equal(PluginState.Faulted, bench.Status("throwing").State);
        Assert.Contains("NotSupportedException", bench.Status("throwing").Reason);
        Assert.Contains("The constructor gives up.", bench.Log.Text);
        Assert.True(bench.Providers.CanBeChosen("jitsi"));
    }

    [Fact]
    public void A_constructor_that_never_comes_back_faults_the_plugin_alone()
    {
        bench.Hurry().Add("hanging").Set("Providers:hanging:Behaviour", "HangsInConstructor");

        Assert.Equal(PluginState.Faulted, bench.Status("hanging").State);
        Assert.True(bench.Providers.CanBeChosen("jitsi"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "id": "Upper", "assembly": "a.dll", "version": "1", "contract": "1.0", "names": { "en": "a", "ar": "a" } }""")]
    [InlineData("""{ "id": "a", "assembly": "../a.dll", "version": "1", "contract": "1.0", "names": { "en": "a", "ar": "a" } }""")]
    [InlineData("""{ "id": "a", "assembly": "a.dll", "version": "1", "contract": "1.0", "names": { "en": "a" } }""")]
    [InlineData("""{ "id": 5, "assembly": "a.dll", "version": "1", "contract": "1.0", "names": { "en": "a", "ar": "a" } }""")]
    public void A_broken_manifest_faults_its_folder_and_is_no_provider(string manifest)
    {
        bench.AddText("broken", manifest);

        var status = bench.Providers.All.Single(p => p.Id == "broken");

        Assert.Equal(PluginState.Faulted, status.State);
        Assert.Contains("plugin.json", status.Reason);
        Assert.Null(bench.Providers.Find("broken"));
    }

    [Fact]
    public void A_missing_assembly_is_named()
    {
        bench.Add("missing", manifest: json => json["assembly"] = "Nowhere.dll");

        Assert.Equal(PluginState.Faulted, bench.Status("missing").State);
        Assert.Contains("Nowhere.dll", bench.Status("missing").Reason);
    }

    [Fact]
    public void A_file_that_is_no_assembly_faults_the_plugin_alone()
    {
        bench.Add("garbage");
        File.WriteAllText(Path.Combine(bench.Folder("garbage"), "Sample.dll"), "This is no assembly.");

        Assert.Equal(PluginState.Faulted, bench.Status("garbage").State);
    }

    [Fact]
    public void An_assembly_with_two_providers_or_none_is_refused()
    {
        bench.Add("two", "two-providers").Add("none", manifest: json => json["assembly"] = "Localization.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Localization.dll"), Path.Combine(bench.Folder("none"), "Localization.dll"));

        Assert.Equal(PluginState.Faulted, bench.Status("two-providers").State);
        Assert.Contains("2", bench.Status("two-providers").Reason);
        Assert.Equal(PluginState.Faulted, bench.Status("none").State);
        Assert.Contains("0", bench.Status("none").Reason);
    }

    [Fact]
    public async Task Of_two_plugins_with_one_id_the_portals_own_stays()
    {
        bench.Add("second", manifest: json => json["id"] = "jitsi");

        var twins = bench.Providers.All.Where(p => p.Id == "jitsi").ToList();
        var handle = await bench.Providers.CreateAsync("jitsi", Meetings.Request(), default);

        Assert.Equal([PluginState.Active, PluginState.Faulted], twins.Select(t => t.State));
        Assert.StartsWith("itcom-session-", handle.Value);
    }

    [Fact]
    public void A_provider_that_calls_itself_otherwise_than_its_manifest_is_refused()
    {
        bench.Add("renamed").Set("Providers:renamed:Id", "jitsi");

        Assert.Equal(PluginState.Faulted, bench.Status("renamed").State);
    }

    [Fact]
    public void A_plugin_can_be_switched_off()
    {
        bench.Add("off").Set("Providers:off:Enabled", "false").Set("Providers:off:Behaviour", "HangsInConstructor");

        Assert.Equal(PluginState.Disabled, bench.Status("off").State);
        Assert.False(bench.Providers.CanBeChosen("off"));
    }

    [Theory]
    [InlineData("Level", "9", "Level")]
    [InlineData("Level", "many", "Level")]
    [InlineData("Behaviour", "Odd", "ThrowsInConstructor")]
    [InlineData("Behaviour", "77", "ThrowsInConstructor")]
    [InlineData("Secret", "hush", "Secret")]
    [InlineData("Contradicts", "true", "contradict")]
    public void Settings_that_do_not_fit_need_attention_and_their_values_are_not_told(string key, string value, string reason)
    {
        bench.Add("unfit").Set($"Providers:unfit:{key}", value);

        var status = bench.Status("unfit");

        Assert.Equal(PluginState.NeedsAttention, status.State);
        Assert.Contains(reason, status.Reason);
        Assert.DoesNotContain("hush", status.Reason + bench.Log.Text);
    }

    [Fact]
    public void A_reason_is_told_in_the_readers_language()
    {
        bench.Add("unfit").Set("Providers:unfit:Level", "9");

        using (new Language("ar"))
            Assert.Contains("يجب", bench.Status("unfit").Reason);
        using (new Language("en"))
            Assert.Contains("must", bench.Status("unfit").Reason);
        Assert.Equal("جيتسي ميت", bench.Status("jitsi").NameIn("ar"));
    }

    [Fact]
    public async Task A_short_app_secret_needs_attention_and_the_portal_goes_on()
    {
        bench.Set("Providers:jitsi:Mode", "SelfHosted").Set("Providers:jitsi:Domain", "meet.example.org")
            .Set("Providers:jitsi:AppId", "portal").Set("Providers:jitsi:AppSecret", "too-short-s3cret");

        var status = bench.Status("jitsi");
        var refusal = await Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CreateAsync("jitsi", Meetings.Request(), default));

        Assert.Equal(PluginState.NeedsAttention, status.State);
        Assert.Contains("AppSecret", status.Reason);
        Assert.DoesNotContain("too-short-s3cret", status.Reason + bench.Log.Text);
        Assert.Equal(ProviderFailure.NotConfigured, refusal.Failure);
        Assert.True(bench.Providers.CanBeChosen("manual"));
        using (new Language("ar"))
            Assert.Contains("يجب ألا يقل عدد أحرف AppSecret", bench.Status("jitsi").Reason);
    }

    [Fact]
    public async Task The_portal_is_ready_while_one_provider_is_active()
    {
        bench.AddText("broken", "{");
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(bench));

        using var none = new PluginBench();
        foreach (var folder in Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "providers")))
            none.Set($"Providers:{Path.GetFileName(folder)}:Enabled", "false");
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(none));

        using var all = new PluginBench();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(all));
    }

    private static async Task<HealthStatus> HealthAsync(PluginBench bench) =>
        (await bench.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["plugins"].Status;
}
