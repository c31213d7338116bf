using Providers;

namespace Portal.ProviderHost;

/// <summary>What only some tools can do. Asked by jobs and webhooks; a tool without the ability is not an error.</summary>
public sealed class RemoteMeetings(MeetingProviders providers)
{
    private const int MaxSigns = 10_000;

    public bool CanUpdate(ToolAccount tool) => providers.Has<ISupportsUpdate>(tool);

    public bool CanLookUp(ToolAccount tool) => providers.Has<ISupportsLookup>(tool);

    public bool HasDialIn(ToolAccount tool) => providers.Has<ISupportsDialIn>(tool);

    public bool KnowsAttendance(ToolAccount tool) => providers.Has<ISupportsAttendance>(tool);

    public bool CallsBack(string providerId) => WithWebhooks(providerId).Any();

    public Task<MeetingHandle> UpdateAsync(
        ToolAccount tool, MeetingHandle handle, MeetingRequest request, CancellationToken cancellationToken) =>
        providers.CallAsync(tool, nameof(UpdateAsync), async (provider, token) => MeetingProviders.Checked(
            await ((ISupportsUpdate)provider).UpdateMeetingAsync(handle, request, token)), cancellationToken);

    public Task<bool> ExistsAsync(ToolAccount tool, MeetingHandle handle, CancellationToken cancellationToken) =>
        providers.CallAsync(tool, nameof(ExistsAsync), async (provider, token) =>
            await ((ISupportsLookup)provider).ExistsAsync(handle, token), cancellationToken);

    public Task<DialIn?> DialInAsync(ToolAccount tool, MeetingHandle handle, CancellationToken cancellationToken) =>
        providers.CallAsync(tool, nameof(DialInAsync), async (provider, token) =>
            await ((ISupportsDialIn)provider).GetDialInAsync(handle, token), cancellationToken);

    /// <summary>Null while the tool has no records yet.</summary>
    public Task<IReadOnlyList<MeetingSign>?> AttendanceAsync(
        ToolAccount tool, MeetingHandle handle, CancellationToken cancellationToken) =>
        providers.CallAsync(tool, nameof(AttendanceAsync), async (provider, token) =>
            await ((ISupportsAttendance)provider).ReadAttendanceAsync(handle, token) is { } signs
                ? (IReadOnlyList<MeetingSign>)[.. signs.Take(MaxSigns)] : null, cancellationToken);

    /// <summary>
    /// Anybody may send anything: what a plugin makes of it neither marks the tool as broken nor as well. It is taken by the
    /// account whose secret proves the call: the address is the same for all of them.
    /// </summary>
    public async Task<WebhookReply> ReceiveAsync(string providerId, WebhookCall call, CancellationToken cancellationToken)
    {
        var reply = new WebhookReply(StatusCodes.Status401Unauthorized);
        foreach (var tool in WithWebhooks(providerId))
        {
            reply = await providers.CallAsync(tool, nameof(ReceiveAsync), (provider, _) => Task.FromResult(
                ((ISupportsWebhooks)provider).Receive(call) ?? throw new InvalidOperationException("The reply is missing.")),
                cancellationToken, judges: false);
            if (reply.Status != StatusCodes.Status401Unauthorized)
                break;
        }
        return reply;
    }

    private IEnumerable<ToolAccount> WithWebhooks(string providerId) => providers.Accounts(providerId)
        .Select(a => new ToolAccount(providerId, a.Id)).Where(tool => providers.Has<ISupportsWebhooks>(tool));
}
