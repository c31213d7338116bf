using Localization;
using Providers;

namespace Portal.ProviderHost;

/// <summary>A plugin's check of addresses, made safe: it has the time limit, and a failure is a refusal.</summary>
internal sealed class GuardedMentorUrls(HostedAccount account, ISupportsMentorUrl urls, TimeSpan limit, ILogger log) : ISupportsMentorUrl
{
    public MentorUrlCheck CheckUrl(string? url) =>
        Guarded.Call(account, () => urls.CheckUrl(url), limit, log, nameof(CheckUrl)) is { } check
        && check is { Url: not null } or { Refusal: not null } ? check : new(null, ErrorText.PluginUrlCheckFailed);
}

/// <summary>Likewise of phone numbers and places.</summary>
internal sealed class GuardedMentorPlaces(HostedAccount account, ISupportsMentorPlace places, TimeSpan limit, ILogger log)
    : ISupportsMentorPlace
{
    private const int MaxCharacters = 300;

    public MentorPlaceCheck CheckPlace(string? text) =>
        Guarded.Call(account, () => places.CheckPlace(text), limit, log, nameof(CheckPlace)) is { } check
        && check is { Place.Length: > 0 and <= MaxCharacters } or { Refusal: not null } ? check : new(null, ErrorText.PluginUrlCheckFailed);
}
