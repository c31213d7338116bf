using Providers;

namespace Plugins.OlderContract;

public sealed class OlderOptions;

public sealed class OlderProvider(ProviderContext<OlderOptions> context) : IMeetingProvider
{
    public ProviderDescriptor Descriptor => new("older-contract", ["older.example"]);

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MeetingHandle(context.Clock.GetUtcNow().Year.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JoinTarget>(new RedirectTarget(new Uri("https://older.example/room")));

    public ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ProviderCheck(true, "Well."));
}
