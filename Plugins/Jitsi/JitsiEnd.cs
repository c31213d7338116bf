using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Providers;

namespace Plugins.Jitsi;

/// <summary>
/// Has the server itself end a room, where its module mod_muc_end_meeting can be reached: what a page asks of its frame, servers take from
/// moderators alone, and some from everybody.
/// </summary>
internal sealed class JitsiEnd(HttpClient http, JitsiOptions options, JitsiServer server)
{
    /// <param name="room">As it is named at the server.</param>
    /// <param name="token">Good for that room.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProviderException">With the reason; a room that is not there any more is none.</exception>
    public async Task EndAsync(string room, string token, CancellationToken cancellationToken)
    {
        var address = options.EndMeetingUrl;
        using var request = new HttpRequestMessage(HttpMethod.Post,
            $"{address}{(address.Contains('?') ? '&' : '?')}conference={Uri.EscapeDataString(server.Muc(options, room))}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpStatusCode status;
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            status = answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Failed(ProviderFailure.Unavailable, e);
        }
        if (status is HttpStatusCode.OK or HttpStatusCode.NotFound)
            return;
        throw Failed(status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ProviderFailure.Unauthorized,
            HttpStatusCode.TooManyRequests => ProviderFailure.RateLimited,
            >= HttpStatusCode.InternalServerError => ProviderFailure.Unavailable,
            _ => ProviderFailure.Rejected,
        }, null);
    }

    private ProviderException Failed(ProviderFailure failure, Exception? cause) => new(failure,
        string.Format(CultureInfo.CurrentCulture, Texts.EndFailed, new Uri(options.EndMeetingUrl).GetLeftPart(UriPartial.Path)), cause);
}
