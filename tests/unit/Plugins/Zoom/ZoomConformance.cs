using Plugins.Zoom;
using Tests.Providers;

namespace Tests.Plugins.Zoom;

public sealed class ZoomConformance : ProviderConformance<ZoomProvider, ZoomOptions>, IDisposable
{
    private readonly ZoomBench bench = new();

    protected override ZoomOptions Options => bench.Options;

    protected override HttpMessageHandler Network => new SocketsHttpHandler();

    public void Dispose() => bench.Dispose();
}

public sealed class ZoomWithPersonalLinksConformance : ProviderConformance<ZoomProvider, ZoomOptions>, IDisposable
{
    private readonly ZoomBench bench = new();

    protected override ZoomOptions Options
    {
        get
        {
            bench.Options.PersonalLinks = true;
            return bench.Options;
        }
    }

    protected override HttpMessageHandler Network => new SocketsHttpHandler();

    public void Dispose() => bench.Dispose();
}
