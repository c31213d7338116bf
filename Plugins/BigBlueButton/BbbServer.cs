using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using Providers;

namespace Plugins.BigBlueButton;

/// <summary>Calls of the server. What it refuses comes with the status 200 like everything else, so the answer itself is read.</summary>
internal sealed partial class BbbServer(HttpClient http, Uri address, string secret, ChecksumAlgorithm algorithm)
{
    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,60}\z")]
    private static partial Regex KeyShape { get; }

    public string Host => address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";

    /// <summary>The address for somebody's browser.</summary>
    public Uri Sign(string call, SignedQuery query) => query.Sign(address, call, secret, algorithm);

    /// <returns>The answer, whether the server did what was asked or not.</returns>
    /// <exception cref="ProviderException">When there was no answer that can be read.</exception>
    public Task<ServerAnswer> AskAsync(string call, SignedQuery query, CancellationToken cancellationToken) =>
        GetAsync(Sign(call, query), cancellationToken);

    /// <summary>What the server is; needs no secret.</summary>
    public Task<ServerAnswer> VersionAsync(CancellationToken cancellationToken) => GetAsync(address, cancellationToken);

    private async Task<ServerAnswer> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                throw new ProviderException(ProviderFailure.RateLimited, Said(Texts.TooManyRequests, Host))
                {
                    RetryAfter = answer.Headers.RetryAfter?.Delta,
                };
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new ProviderException(ProviderFailure.Unavailable, Said(Texts.BadStatus, Host, (int)answer.StatusCode));
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await ServerAnswer.ReadAsync(stream, cancellationToken);
        }
        // The cause is left out of them: it may name the address, which is signed.
        catch (HttpRequestException e)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Said(e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => Texts.NoName,
                HttpRequestError.SecureConnectionError => Texts.BadCertificate,
                _ => Texts.NoConnection,
            }, Host));
        }
        catch (IOException)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Said(Texts.NoConnection, Host));
        }
        catch (XmlException)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Said(Texts.NotBigBlueButton, Host));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Said(Texts.Slow, Host));
        }
    }

    /// <summary>A refusal in the contract's words. The server's own message may hold what people typed, so only its key is told.</summary>
    public ProviderException Refusal(ServerAnswer answer)
    {
        var key = KeyShape.IsMatch(answer.MessageKey) ? answer.MessageKey : "–";
        return key switch
        {
            "checksumError" => new(
                ProviderFailure.Unauthorized, Said(Texts.ChecksumRefused, Host, algorithm.ToString().ToUpperInvariant())),
            "notFound" or "invalidMeetingIdentifier" or "invalidMeetingId" or "meetingForciblyEnded" =>
                new(ProviderFailure.NotFound, Said(Texts.NoSuchMeeting, Host)),
            "idNotUnique" => new(ProviderFailure.Rejected, Said(Texts.IdNotUnique, Host)),
            "maxParticipantsReached" => new(ProviderFailure.Rejected, Said(Texts.Full, Host)),
            "internalError" => new(ProviderFailure.Unavailable, Said(Texts.Refused, Host, key)),
            _ => new(ProviderFailure.Rejected, Said(Texts.Refused, Host, key)),
        };
    }

    public static string Said(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
