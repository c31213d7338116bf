using System.Collections.Concurrent;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Requests;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;
using Google.Apis.Util;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>For whom Google is asked: a Workspace user (by a service account), or whoever gave the consent.</summary>
internal sealed record GoogleCaller(string User, string? Consent);

/// <summary>Access tokens, kept until they lapse.</summary>
internal sealed class GoogleTokens(GoogleMeetOptions options, GoogleWire wire, TimeProvider clock)
{
    private const string Person = "mentor";

    private readonly ConcurrentDictionary<GoogleCaller, ITokenAccess> held = new();

    // With mentors' own accounts there may be none.
    private volatile ServiceAccountKey? key = ServiceAccountKey.Open(options.ServiceAccountKey).Key;

    /// <summary>What the Admin console calls the service account; empty when there is none.</summary>
    public string ServiceAccount => key?.ClientId ?? "";

    /// <param name="caller">For whom.</param>
    /// <param name="afresh">True when the one that is held was refused.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="TokenResponseException">Google gives none.</exception>
    /// <exception cref="ProviderException">There is no key to ask with.</exception>
    public async Task<string> GetAsync(GoogleCaller caller, bool afresh, CancellationToken cancellationToken)
    {
        if (afresh)
            held.TryRemove(caller, out _);
        var source = held.GetOrAdd(caller, c =>
            c.Consent is { } consent ? Consented(consent) : Delegated(c.User, GoogleScopes.Of(options)));
        try
        {
            return await source.GetAccessTokenForRequestAsync(cancellationToken: cancellationToken);
        }
        catch (TokenResponseException)
        {
            held.TryRemove(caller, out _);
            throw;
        }
    }

    /// <summary>Those of our scopes that Google does not let the service account use for this user.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(string user, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var scope in GoogleScopes.Of(options))
            try
            {
                await Delegated(user, [scope]).GetAccessTokenForRequestAsync(cancellationToken: cancellationToken);
            }
            catch (TokenResponseException)
            {
                missing.Add(scope);
            }
        return missing;
    }

    public Uri ConsentUrl(string state, Uri returnUrl)
    {
        var request = (GoogleAuthorizationCodeRequestUrl)Flow().CreateAuthorizationCodeRequest(returnUrl.AbsoluteUri);
        request.State = state;
        return request.Build();
    }

    public Task<TokenResponse> RedeemAsync(string code, Uri returnUrl, CancellationToken cancellationToken) =>
        Flow().ExchangeCodeForTokenAsync(Person, code, returnUrl.AbsoluteUri, cancellationToken);

    public Task RevokeAsync(string consent, CancellationToken cancellationToken) =>
        Flow().RevokeTokenAsync(Person, consent, cancellationToken);

    private ServiceAccountCredential Delegated(string user, IEnumerable<string> scopes)
    {
        var own = Key();
        return new(new ServiceAccountCredential.Initializer(own.Email)
        {
            User = user is "" ? null : user,
            KeyId = own.KeyId,
            Key = own.OpenKey(),
            Scopes = scopes,
            Clock = new Clock(clock),
            HttpClientFactory = wire,
            DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
        });
    }

    // A file that could not be read at first may be there by now.
    private ServiceAccountKey Key()
    {
        if (key is { } known)
            return known;
        var (read, problem) = ServiceAccountKey.Open(options.ServiceAccountKey);
        return key = read ?? throw new ProviderException(ProviderFailure.NotConfigured, problem!);
    }

    private UserCredential Consented(string consent) => new(Flow(), Person, new TokenResponse { RefreshToken = consent });

    // Consent is asked for each time: Google hands out a refresh token only then.
    private GoogleAuthorizationCodeFlow Flow() => new(new GoogleAuthorizationCodeFlow.Initializer
    {
        ClientSecrets = new ClientSecrets { ClientId = options.ClientId, ClientSecret = options.ClientSecret },
        Scopes = GoogleScopes.Of(options),
        Prompt = "consent",
        Clock = new Clock(clock),
        HttpClientFactory = wire,
        DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
    });

    private sealed class Clock(TimeProvider clock) : IClock
    {
        public DateTime Now => clock.GetLocalNow().DateTime;

        public DateTime UtcNow => clock.GetUtcNow().UtcDateTime;
    }
}
