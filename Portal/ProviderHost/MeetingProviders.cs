using System.Text.Json;
using Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Data;
using Providers;

namespace Portal.ProviderHost;

/// <summary>
/// All meeting providers, by id and account; the only thing that the rest of the portal uses. An id alone means its default account.
/// Every call has a time limit, and what goes wrong in a plugin comes out as a <see cref="ProviderException"/>, whatever it was.
/// </summary>
public sealed partial class MeetingProviders(
    HostedTools tools, IServiceScopeFactory scopes, IOptions<PluginOptions> options, IStringLocalizer<ErrorText> texts,
    ILogger<MeetingProviders> log)
{
    private const int MaxHandleCharacters = 2000;

    private readonly ProviderCalls calls = new(TimeSpan.FromSeconds(options.Value.CallTimeoutSeconds), log);

    public IReadOnlyList<PluginStatus> All => [.. tools.Plugins.Select(p => p.StatusIn(texts))];

    public PluginStatus? Find(string providerId) => tools.Find(providerId)?.StatusIn(texts);

    /// <summary>The default account first.</summary>
    public IReadOnlyList<AccountStatus> Accounts(string providerId) =>
        [.. (tools.Find(providerId)?.Accounts ?? []).OrderByDescending(a => a.IsDefault).Select(a => a.StatusIn(texts))];

    public AccountStatus? FindAccount(ToolAccount tool) => Account(tool)?.StatusIn(texts);

    public bool CanBeChosen(ToolAccount tool) => Account(tool)?.State == PluginState.Active;

    /// <summary>No administrator withdrew it.</summary>
    public bool IsAllowed(string providerId) => tools.Policy.Allows(providerId);

    /// <summary>Mentors may choose it: it works, and an administrator allows it.</summary>
    public bool IsOffered(string providerId) => IsAllowed(providerId) && CanBeChosen(providerId);

    /// <summary>No address, place or account that mentors would have to bring along.</summary>
    public bool NeedsNothingOfMentors(string providerId) =>
        Describe(providerId) is { NeedsMentorUrl: false, NeedsMentorPlace: false, NeedsMentorAccount: false };

    public ProviderDescriptor? Describe(ToolAccount tool) => Account(tool)?.Started?.Descriptor;

    /// <summary>What mentors have who chose none, and where a session in trouble can move; null when no tool works by itself.</summary>
    public string? DefaultTool => tools.Policy.DefaultTool is "" ? ForEveryone ?? ByItself : tools.Policy.DefaultTool;

    /// <summary>What takes over where another tool fails; null when there is none.</summary>
    public string? StandIn => tools.Policy.StandIn is "" ? ForEveryone ?? DefaultTool : tools.Policy.StandIn;

    private string? ForEveryone => tools.Plugins.FirstOrDefault(p => p.IsIdentified && p.IsForEveryone && IsAllowed(p.Id))?.Id;

    /// <summary>Where the tool for everyone was withdrawn and no other default was named.</summary>
    private string? ByItself => tools.Plugins.FirstOrDefault(p => p.IsIdentified && IsOffered(p.Id) && NeedsNothingOfMentors(p.Id))?.Id;

    /// <summary>The default one for who chose none, and for who chose one that was withdrawn.</summary>
    /// <param name="chosen">What a mentor chose; empty for nothing.</param>
    public string ToolOf(string chosen) => chosen is "" || !tools.Policy.Allows(chosen) ? DefaultTool ?? "" : chosen;

    /// <summary>Null when the provider cannot be embedded, or could not be started.</summary>
    public ISupportsEmbedding? Embedding(ToolAccount tool) => Account(tool)?.Started?.Embedding;

    /// <summary>Of whichever account could be started: the code is the same.</summary>
    public string? RoomModule(string providerId) => tools.Find(providerId) is { } plugin
        ? plugin.Accounts.Append(plugin.Configured).Select(a => a.Started?.Embedding?.RoomModule).FirstOrDefault(m => m is not null) : null;

    public Task<MeetingHandle> CreateAsync(ToolAccount tool, MeetingRequest request, CancellationToken cancellationToken) =>
        CallAsync(tool, nameof(CreateAsync), async (provider, token) =>
        {
            var handle = await provider.CreateMeetingAsync(request, token);
            return Checked(handle);
        }, cancellationToken);

    /// <summary>
    /// Answers a target on one of the provider's own hosts. Redirect to its AbsoluteUri, never to the text it was made from.
    /// </summary>
    public async Task<JoinTarget> JoinAsync(ToolAccount tool, JoinRequest request, CancellationToken cancellationToken)
    {
        var account = await AccountAsync(tool, cancellationToken);
        var target = await calls.CallAsync(account, nameof(JoinAsync), async (provider, token) =>
        {
            var answer = await provider.GetJoinAsync(request, token);
            if (answer is EmbedTarget { Data: var data })
                JsonDocument.Parse(data).Dispose();
            return answer ?? throw new InvalidOperationException("The join target is missing.");
        }, cancellationToken);

        var started = account.Started!;
        if (target is PlaceTarget { Place: var place })
            return place is not null && Fits(place) ? target : throw new ProviderException(
                ProviderFailure.Rejected, ProviderCalls.Text(ErrorText.PluginTargetRefused, tool.ProviderId));
        // Where its frame may lead, the page's policy says.
        if (target is EmbedTarget && started.Embedding is not null)
            return target;
        var address = (target as RedirectTarget)?.Url;
        if (JoinHosts.Allow(started.Descriptor.JoinHosts, address))
            return target;

        // The host alone: path, query and fragment may hold a token.
        log.LogError("Plugin {Plugin} named a join target on {Host}, which is none of its hosts", tool.ProviderId,
            address is { IsAbsoluteUri: true } ? address.Host : "no host");
        throw new ProviderException(ProviderFailure.Rejected, ProviderCalls.Text(ErrorText.PluginTargetRefused, tool.ProviderId));
    }

    public Task EndAsync(ToolAccount tool, MeetingHandle handle, CancellationToken cancellationToken) =>
        CallAsync(tool, nameof(EndAsync), async (provider, token) =>
        {
            await provider.EndMeetingAsync(handle, token);
            return true;
        }, cancellationToken);

    public Task<ProviderCheck> CheckAsync(ToolAccount tool, CancellationToken cancellationToken) =>
        CallAsync(tool, nameof(CheckAsync), CheckAsync, cancellationToken);

    /// <summary>The same for settings that are not saved.</summary>
    internal async Task<ProviderCheck> TryOutAsync(
        ProviderType type, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var account = await tools.TryOutAsync(type, values);
        return account.Started is null ? new(false, account.StatusIn(texts).Reason ?? "")
            : await calls.CallAsync(account, nameof(CheckAsync), CheckAsync, cancellationToken);
    }

    internal static MeetingHandle Checked(MeetingHandle? handle) =>
        handle is { Value.Length: > 0 and <= MaxHandleCharacters } && Fits(handle.Place)
            ? handle : throw new InvalidOperationException("The meeting handle is missing or too long.");

    private static async Task<ProviderCheck> CheckAsync(IMeetingProvider provider, CancellationToken cancellationToken) =>
        await provider.CheckAsync(cancellationToken) ?? throw new InvalidOperationException("The answer of the check is missing.");

    private HostedAccount? Account(ToolAccount tool) => tools.Find(tool.ProviderId)?.Find(tool.AccountId);

    private async Task<HostedAccount> AccountAsync(ToolAccount tool, CancellationToken cancellationToken)
    {
        if (Account(tool) is not { } known && tools.Find(tool.ProviderId) is not null)
        {
            // Another portal added it within the last minute.
            await using var scope = scopes.CreateAsyncScope();
            await tools.RefreshAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), cancellationToken);
        }
        return Account(tool) ?? throw new ProviderException(
            ProviderFailure.NotConfigured, ProviderCalls.Text(ErrorText.PluginNotActive, tool.ProviderId));
    }

    /// <summary>Whether the provider was started and has the ability.</summary>
    internal bool Has<TAbility>(ToolAccount tool) where TAbility : class => Account(tool)?.Started?.Provider is TAbility;

    internal async Task<T> CallAsync<T>(
        ToolAccount tool, string name, Func<IMeetingProvider, CancellationToken, Task<T>> call, CancellationToken cancellationToken,
        bool judges = true) =>
        await calls.CallAsync(await AccountAsync(tool, cancellationToken), name, call, cancellationToken, judges);
}
