using Portal.ProviderHost;
using Providers;
using Tests.Support;

namespace Tests.ProviderHost;

public sealed class DevelopmentOnlyTests : IDisposable
{
    private readonly PluginBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("Development", PluginState.Active)]
    [InlineData("Production", PluginState.Disabled)]
    [InlineData("Staging", PluginState.Disabled)]
    public void A_plugin_for_development_is_off_everywhere_else(string environment, PluginState state)
    {
        bench.In(environment).Add("stand-in", manifest: json => json["developmentOnly"] = true).Add("real");

        Assert.Equal(state, bench.Status("stand-in").State);
        Assert.Equal(PluginState.Active, bench.Status("real").State);
        Assert.Equal(state == PluginState.Active, bench.Providers.CanBeChosen("stand-in"));
    }

    [Fact]
    public async Task The_simulator_is_there_for_developers_alone()
    {
        Assert.Equal(PluginState.Disabled, bench.Status("simulator").State);
        Assert.Contains("Development", bench.Status("simulator").Reason);
        await Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CreateAsync("simulator", Meetings.Request(), default));

        using var developing = new PluginBench().In("Development");
        Assert.Equal(PluginState.Active, developing.Status("simulator").State);
        Assert.NotEqual("simulator", developing.Providers.DefaultTool);
        Assert.StartsWith("simulated-", (await developing.Providers.CreateAsync("simulator", Meetings.Request(), default)).Value);
    }
}
