using System.Globalization;
using Providers;

namespace Plugins.Zoom;

/// <summary>"Test connection": signs in, and looks at everything that would go wrong later.</summary>
internal sealed class ZoomCheck(ZoomApi api, ZoomTokens tokens, ProviderContext<ZoomOptions> context)
{
    private const int MaxClockSeconds = 60;
    private const int Basic = 1;

    private readonly ZoomOptions options = context.Options;

    public async Task<ProviderCheck> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (token, zoomsClock) = await tokens.FetchAsync(cancellationToken);
            var (host, license) = await HostAsync(cancellationToken);
            // With one of these missing, no meeting can be made.
            ProviderFinding[] needed = [new(true, Texts.CheckSignedIn), .. Scopes(token), host];
            return new(needed.All(f => f.Good), needed.FirstOrDefault(f => !f.Good)?.Text ?? Good())
            {
                Findings = [.. needed, .. license, .. Clock(zoomsClock), Webhook()],
            };
        }
        catch (ProviderException e)
        {
            return new(false, e.Message) { Findings = [new(false, e.Message)] };
        }
    }

    // No mentor's user was tried.
    private string Good() => options.HostUser is "" ? Texts.CheckMentorsHost : Texts.CheckGood;

    private IEnumerable<ProviderFinding> Scopes(ZoomTokenAnswer token)
    {
        if (token.Scope is not { Length: > 0 } granted)
            yield break;
        var missing = ZoomScopes.Missing(granted, options.PersonalLinks);
        yield return missing.Count == 0 ? new(true, Texts.CheckScopes) : new(false, ZoomErrors.MissingScopes(missing));
    }

    private async Task<(ProviderFinding Host, ProviderFinding[] License)> HostAsync(CancellationToken cancellationToken)
    {
        if (options.HostUser is "")
            return (new(true, Texts.CheckMentorsHost), []);
        try
        {
            var user = await api.GetAsync<ZoomUser>($"/users/{Uri.EscapeDataString(options.HostUser)}", cancellationToken);
            if (user.Status is not (null or "active"))
                return (new(false, Texts.CheckHostInactive), []);
            return (new(true, Texts.CheckHost),
                [user.Type == Basic ? new(false, Texts.CheckHostBasic) : new ProviderFinding(true, Texts.CheckHostLicensed)]);
        }
        catch (ProviderException e)
        {
            return (new(false, e.Message), []);
        }
    }

    private IEnumerable<ProviderFinding> Clock(DateTimeOffset? zooms)
    {
        if (zooms is null)
            yield break;
        var seconds = Math.Abs((long)(context.Clock.GetUtcNow() - zooms.Value).TotalSeconds);
        yield return seconds <= MaxClockSeconds
            ? new(true, Texts.CheckClock)
            : new(false, string.Format(CultureInfo.CurrentCulture, Texts.CheckClockOff, seconds));
    }

    private ProviderFinding Webhook() =>
        options.WebhookSecret is "" ? new(false, Texts.CheckNoWebhook) : new(true, Texts.CheckWebhook);
}
