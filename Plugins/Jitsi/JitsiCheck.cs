using System.Globalization;
using System.Net;
using System.Text;
using Providers;

namespace Plugins.Jitsi;

/// <summary>"Test connection": fetches the script that every Jitsi server has, and says what came instead.</summary>
internal static class JitsiCheck
{
    // The script names its class several times; its beginning is enough, whatever the server sends.
    private const int MaxBytes = 1024 * 1024;
    private const string Mark = "JitsiMeetExternalAPI";

    public static async Task<ProviderCheck> RunAsync(
        HttpClient http, JitsiServer server, bool usesTokens, CancellationToken cancellationToken)
    {
        var host = server.Host;
        try
        {
            using var answer = await http.GetAsync(server.Script, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
                return Bad(Texts.CheckStatus, host, (int)answer.StatusCode);
            if (!await HoldsMarkAsync(answer.Content, cancellationToken))
                return Bad(Texts.CheckNotJitsi, host);
            var good = string.Format(CultureInfo.CurrentCulture, Texts.CheckGood, host);
            return new(true, usesTokens ? $"{good} {Texts.CheckTokensUnproven}" : good);
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => Bad(Texts.CheckNoName, host),
                HttpRequestError.SecureConnectionError => Bad(Texts.CheckCertificate, host),
                _ => Bad(Texts.CheckNoConnection, host),
            };
        }
        catch (IOException)
        {
            return Bad(Texts.CheckNoConnection, host);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Bad(Texts.CheckTimeout, host);
        }
    }

    private static async Task<bool> HoldsMarkAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBytes];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsSpan(0, read).IndexOf(Encoding.ASCII.GetBytes(Mark)) >= 0;
    }

    private static ProviderCheck Bad(string text, params object[] values) =>
        new(false, string.Format(CultureInfo.CurrentCulture, text, values));
}
