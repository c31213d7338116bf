using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.ProviderHost;
using Providers;
using Tests.Support;

namespace Tests.ProviderHost;

public sealed class NotConfiguredTests : IDisposable
{
    private readonly PluginBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_tool_without_credentials_cannot_be_chosen_and_is_nobodys_trouble()
    {
        // As in a copy of the example: written down, and as delivered.
        bench.Set("Providers:zoom:Enabled", "true").Set("Providers:zoom:AccountId", "").Set("Providers:zoom:WaitingRoom", "true");

        var status = bench.Status("zoom");
        var refusal = await Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CreateAsync("zoom", Meetings.Request(), default));
        var health = await bench.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal((PluginState.NotConfigured, false), (status.State, status.IsBad));
        Assert.Contains("Not set up", status.Reason);
        Assert.False(bench.Providers.CanBeChosen("zoom"));
        Assert.Equal(ProviderFailure.NotConfigured, refusal.Failure);
        Assert.Equal(HealthStatus.Healthy, health.Entries["plugins"].Status);
        Assert.DoesNotContain("Warning", bench.Log.Text);
    }

    [Theory]
    [InlineData("AccountId", "account")]
    [InlineData("PersonalLinks", "true")]
    [InlineData("Recording", "Sometimes")]
    public void A_tool_that_somebody_began_to_set_up_needs_attention(string key, string value)
    {
        bench.Set($"Providers:zoom:{key}", value);

        Assert.Equal((PluginState.NeedsAttention, true), (bench.Status("zoom").State, bench.Status("zoom").IsBad));
    }

    [Fact]
    public void A_tool_with_credentials_can_be_chosen()
    {
        foreach (var key in new[] { "AccountId", "ClientId", "ClientSecret", "HostUser" })
            bench.Set($"Providers:zoom:{key}", "set");

        Assert.Equal(PluginState.Active, bench.Status("zoom").State);
        Assert.True(bench.Providers.CanBeChosen("zoom"));
    }
}
