using System.Globalization;
using Localization;
using Providers;

namespace Portal.ProviderHost;

/// <summary>
/// A provider's instance and everything about it that has to be at hand at once. That was asked for at the start, under
/// the time limit, so that no page waits on a plugin's property.
/// </summary>
internal sealed class StartedProvider
{
    private readonly Dictionary<string, ProviderDescriptor> descriptors;

    public StartedProvider(IMeetingProvider provider, string pluginId)
    {
        Provider = provider;
        descriptors = LocalText.InEach(() => provider.Descriptor ?? throw new InvalidOperationException("The descriptor is null."));
        var descriptor = descriptors[Languages.English];
        if (descriptor.Id != pluginId)
            throw Faulted(nameof(ErrorText.PluginWrongId), pluginId, descriptor.Id);
        foreach (var host in descriptor.JoinHosts)
            if (!JoinHosts.IsValid(host))
                throw Faulted(nameof(ErrorText.PluginJoinHost), host);
        if (provider is ISupportsEmbedding embedding)
            Embedding = new EmbeddingAnswers(embedding.Embedding
            ?? throw new InvalidOperationException("The embed policy is null."), embedding.RoomModule ?? "");
        HasTokens = provider is ISupportsTokens { HasTokens: true };
    }

    public IMeetingProvider Provider { get; }

    public ProviderDescriptor Descriptor =>
        descriptors.GetValueOrDefault(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? descriptors[Languages.English];

    public ISupportsEmbedding? Embedding { get; }

    /// <summary>Its rooms are opened by tokens, with the settings that it was started with.</summary>
    public bool HasTokens { get; }

    private static PluginRefusedException Faulted(string text, params object[] values) =>
        new(PluginState.Faulted, LocalText.Of(text, values));

    private sealed record EmbeddingAnswers(EmbedPolicy Embedding, string RoomModule) : ISupportsEmbedding;
}
