using Microsoft.Extensions.Logging.Abstractions;
using Plugins.Teams;
using Providers;
using Tests.Plugins.Vendors;
using Tests.Support;

namespace Tests.Plugins.Teams;

/// <summary>The plugin and a Microsoft of its own.</summary>
internal sealed class TeamsBench : IAsyncDisposable
{
    public TeamsBench() => Graph = new FakeGraph(Clock);

    public static MeetingRequest Request => Meetings.Request() with { MentorEmail = "maha@school.example" };

    public HurriedClock Clock { get; } = new(Meetings.Start);

    public FakeGraph Graph { get; }

    public static TeamsOptions Options() =>
        new() { Tenant = FakeGraph.AnyTenant, ClientId = FakeGraph.Client, ClientSecret = FakeGraph.Secret };

    public TeamsProvider Provider(TeamsOptions? options = null, TimeSpan? patience = null) => new(new ProviderContext<TeamsOptions>
    {
        Options = AtHome(options ?? Options()),
        Http = new HttpClient(Graph.Handler, disposeHandler: false) { Timeout = patience ?? TimeSpan.FromSeconds(10) },
        Logger = NullLogger.Instance,
        Clock = Clock,
        PublicUrl = new Uri("https://portal.example"),
    });

    private TeamsOptions AtHome(TeamsOptions options)
    {
        options.Tenant = options.Tenant == FakeGraph.AnyTenant ? Graph.Tenant : options.Tenant;
        return options;
    }

    public static async Task<ProviderException> RefusalAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<ProviderException>(call);
        // Microsoft's own sentence names somebody; ours never do.
        Assert.DoesNotContain("maha", refusal.Message);
        return refusal;
    }

    public ValueTask DisposeAsync() => Graph.DisposeAsync();
}
