using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Identity.Client;
using Plugins.Shared;

namespace Plugins.Teams;

/// <summary>Sign-in of the application itself, by MSAL over the portal's client. It keeps the token until shortly before its end.</summary>
internal sealed class GraphTokens(TeamsOptions options, HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    private readonly Cloud cloud = Cloud.Of(options.Cloud);

    // The clouds are known, so it need not look up where they are; and what is repeated is the portal's affair.
    private readonly IConfidentialClientApplication application = ConfidentialClientApplicationBuilder.Create(options.ClientId)
        .WithClientSecret(options.ClientSecret)
        .WithAuthority($"{Cloud.Of(options.Cloud).Login}/{options.Tenant}")
        .WithInstanceDiscovery(false)
        .WithHttpClientFactory(new Portals(http), retryOnceOn5xx: false)
        .Build();

    public async Task<string> GetAsync(bool afresh, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var request = application.AcquireTokenForClient([$"{cloud.Graph}/.default"]).WithForceRefresh(afresh);
            return (await request.ExecuteAsync(either.Token)).AccessToken;
        }
        catch (NullReferenceException e)
        {
            // MSAL stumbles over a sign-in that is answered with nothing.
            throw new JsonException("The sign-in was answered without JSON.", e);
        }
    }

    /// <summary>
    /// What the administrator consented to, by the token's own word; null when it cannot be read, which Microsoft does not promise.
    /// </summary>
    public static IReadOnlyList<string>? Permissions(string token)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3)
                return null;
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return [.. claims.RootElement.List("roles").Select(r => r.GetString()!)];
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed class Portals(HttpClient http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http;
    }
}
