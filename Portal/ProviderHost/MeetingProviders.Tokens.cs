using Localization;
using Providers;

namespace Portal.ProviderHost;

/// <summary>Tools whose rooms are opened by tokens, as they are set up.</summary>
public sealed partial class MeetingProviders
{
    public IReadOnlyList<PluginStatus> WithTokens =>
        [.. tools.Plugins.Where(p => p is { IsIdentified: true, Default.Started.HasTokens: true }).Select(p => p.StatusIn(texts))];

    /// <summary>The address leads to one of the provider's own hosts.</summary>
    public async Task<MintedToken> MintTokenAsync(string providerId, TokenRequest request, CancellationToken cancellationToken)
    {
        var made = await CallAsync(providerId, nameof(MintTokenAsync), (provider, _) =>
            Task.FromResult(Tokens(provider, providerId).MintToken(request)), cancellationToken);
        return JoinHosts.Allow(Describe(providerId)!.JoinHosts, made.Url)
            ? made : throw new ProviderException(ProviderFailure.Rejected, ProviderCalls.Text(ErrorText.PluginTargetRefused, providerId));
    }

    public Task<TokenReport> CheckTokenAsync(string providerId, string token, string? room, CancellationToken cancellationToken) =>
        CallAsync(providerId, nameof(CheckTokenAsync), (provider, _) =>
            Task.FromResult(Tokens(provider, providerId).CheckToken(token, room)), cancellationToken);

    private static ISupportsTokens Tokens(IMeetingProvider provider, string providerId) => provider as ISupportsTokens
        ?? throw new ProviderException(ProviderFailure.NotConfigured, ProviderCalls.Text(ErrorText.PluginNoTokens, providerId));
}
