using System.Net.Http.Headers;
using System.Text;
using Providers;

namespace Plugins.Zoom;

/// <summary>The app's access token: asked for when there is none, by one caller at a time, and kept until shortly before its end.</summary>
internal sealed class ZoomTokens(ZoomWire wire, ZoomOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim fetching = new(1);
    private volatile Kept? kept;

    private sealed record Kept(string Token, DateTimeOffset Until);

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Usable() is { } now)
            return now;
        await fetching.WaitAsync(cancellationToken);
        try
        {
            return Usable() ?? await FetchAndKeepAsync(cancellationToken);
        }
        finally
        {
            fetching.Release();
        }
    }

    /// <summary>Only if it is the one that is kept: another caller may have a newer one already.</summary>
    public void Drop(string token)
    {
        if (kept is { } old && old.Token == token)
            Interlocked.CompareExchange(ref kept, null, old);
    }

    /// <summary>Asks Zoom anew, whatever is kept.</summary>
    public async Task<(ZoomTokenAnswer Token, DateTimeOffset? ZoomsClock)> FetchAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenUrl)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "account_credentials"), new("account_id", options.AccountId)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}")));
        var answer = await wire.SendAsync(request, Limit, cancellationToken);
        // Whatever the code: this address refuses nothing but credentials.
        if (answer.Status is 400 or 401 or 403)
            throw new ProviderException(ProviderFailure.Unauthorized, Texts.ErrorClient);
        var token = answer.Read<ZoomTokenAnswer>();
        return token.AccessToken is { Length: > 0 } ? (token, answer.Date)
            : throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorUnreadable);
    }

    private async Task<string> FetchAndKeepAsync(CancellationToken cancellationToken)
    {
        var (token, _) = await FetchAsync(cancellationToken);
        kept = new(token.AccessToken!, clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(token.ExpiresIn ?? 0, 0, 86_400)) - Spare);
        return token.AccessToken!;
    }

    private string? Usable() => kept is { } now && clock.GetUtcNow() < now.Until ? now.Token : null;
}
