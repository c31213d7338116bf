using Plugins.GoogleMeet;
using Tests.Providers;

namespace Tests.Plugins.GoogleMeet;

public sealed class GoogleMeetConformance : ProviderConformance<GoogleMeetProvider, GoogleMeetOptions>, IAsyncLifetime
{
    private readonly GoogleBench bench = new();

    protected override GoogleMeetOptions Options
    {
        get
        {
            var options = GoogleBench.ByKey();
            options.Organizer = "desk@school.example";
            return options;
        }
    }

    protected override HttpMessageHandler Network => bench.Google.Handler;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await bench.DisposeAsync();
}
