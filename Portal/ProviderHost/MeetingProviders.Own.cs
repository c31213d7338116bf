using Providers;

namespace Portal.ProviderHost;

/// <summary>What mentors bring along themselves: addresses of meetings, phone numbers, places, accounts at the tool.</summary>
public sealed partial class MeetingProviders
{
    private const int MaxPlaceCharacters = 300;
    private const int MaxSecretCharacters = 4000;

    /// <summary>The provider that leads to addresses of mentors' own; null when none is active.</summary>
    public string? ForOwnUrls => Active(d => d.NeedsMentorUrl);

    /// <summary>The provider of sessions by phone or in person; null when none is active.</summary>
    public string? ForOwnPlaces => Active(d => d.NeedsMentorPlace);

    /// <summary>Null when the provider takes no addresses of mentors, or could not be started.</summary>
    public ISupportsMentorUrl? MentorUrls(ToolAccount tool) => Account(tool) is { Started.Provider: ISupportsMentorUrl urls } account
        ? new GuardedMentorUrls(account, urls, calls.Limit, log) : null;

    /// <summary>Null when the provider takes no phone numbers or places of mentors, or could not be started.</summary>
    public ISupportsMentorPlace? MentorPlaces(ToolAccount tool) =>
        Account(tool) is { Started.Provider: ISupportsMentorPlace places } account
            ? new GuardedMentorPlaces(account, places, calls.Limit, log) : null;

    /// <summary>The tool's consent page; null when mentors connect no accounts of their own there.</summary>
    public Uri? ConsentUrl(ToolAccount tool, string state, Uri returnUrl)
    {
        if (Account(tool) is not { Started.Provider: ISupportsMentorAccount mentors } account)
            return null;
        var url = Guarded.Call(account, () => mentors.GetConsentUrl(state, returnUrl), calls.Limit, log, nameof(ConsentUrl));
        return url is { IsAbsoluteUri: true } && url.Scheme == Uri.UriSchemeHttps ? url : null;
    }

    public Task<MentorAccount> ConnectAsync(ToolAccount tool, string code, Uri returnUrl, CancellationToken cancellationToken) =>
        CallAsync(tool, nameof(ConnectAsync), async (provider, token) =>
            provider is ISupportsMentorAccount mentors
                && await mentors.ConnectAsync(code, returnUrl, token) is { Secret.Length: > 0 and <= MaxSecretCharacters } account
                ? account : throw new InvalidOperationException("The mentor's account is missing, or its secret is too long."),
            cancellationToken);

    public Task DisconnectAsync(ToolAccount tool, string secret, CancellationToken cancellationToken) =>
        CallAsync(tool, nameof(DisconnectAsync), async (provider, token) =>
        {
            if (provider is ISupportsMentorAccount mentors)
                await mentors.DisconnectAsync(secret, token);
            return true;
        }, cancellationToken);

    /// <summary>What an administrator withdrew takes no addresses for single sessions either.</summary>
    private string? Active(Func<ProviderDescriptor, bool> suits) => All.FirstOrDefault(
        p => p.State == PluginState.Active && IsAllowed(p.Id) && Describe(p.Id) is { } descriptor && suits(descriptor))?.Id;

    /// <summary>It is written into mails and calendars, on one line, and a number into a link.</summary>
    private static bool Fits(MeetingPlace? place) => place is null
        || place.Text is { Length: > 0 and <= MaxPlaceCharacters } text && !text.Any(char.IsControl) && Enum.IsDefined(place.Kind)
        && (place.Kind != MeetingPlaceKind.Phone || text[0] == '+' && text.Length > 1 && text.Skip(1).All(char.IsAsciiDigit));
}
