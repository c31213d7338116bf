using Plugins.Teams;
using Tests.Providers;

namespace Tests.Plugins.Teams;

public sealed class TeamsConformance : ProviderConformance<TeamsProvider, TeamsOptions>, IAsyncLifetime
{
    private readonly TeamsBench bench = new();

    protected override TeamsOptions Options
    {
        get
        {
            var options = TeamsBench.Options();
            options.Organizer = FakeGraph.Maha;
            options.Tenant = bench.Graph.Tenant;
            return options;
        }
    }

    protected override HttpMessageHandler Network => bench.Graph.Handler;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await bench.DisposeAsync();
}
