using Providers;

namespace Plugins.TwoProviders;

public sealed class NoOptions;

public abstract class Either : IMeetingProvider
{
    public ProviderDescriptor Descriptor => new("two-providers", ["two.example"]);

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken) =>
        throw new ProviderException(ProviderFailure.Rejected, "Never called.");

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken) =>
        throw new ProviderException(ProviderFailure.Rejected, "Never called.");

    public ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) =>
        throw new ProviderException(ProviderFailure.Rejected, "Never called.");
}

public sealed class One(ProviderContext<NoOptions> context) : Either
{
    public Uri Portal => context.PublicUrl;
}

public sealed class Another(ProviderContext<NoOptions> context) : Either
{
    public Uri Portal => context.PublicUrl;
}
