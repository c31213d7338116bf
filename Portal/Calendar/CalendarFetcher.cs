using Localization;
using Portal.Calendar.Reading;
using Portal.Security;

namespace Portal.Calendar;

/// <param name="Text">Null when it could not be read.</param>
/// <param name="Problem">Name of the text that says why, with a number behind a colon where it has one.</param>
public sealed record CalendarAnswer(string? Text, string? Problem);

/// <summary>
/// Fetches a calendar from an address that somebody typed: 10 seconds, 5 MB, three redirects, and no word of the address in a log.
/// </summary>
public sealed class CalendarFetcher(HttpClient http, bool allowsHttp)
{
    public const string HttpName = "busy-calendar";

    /// <summary>Some servers send what does not look like a browser to a page about errors.</summary>
    private const string Agent = "Mozilla/5.0 (compatible; Majlis calendar reader)";

    private const int MaxBytes = 5 * 1024 * 1024;
    private const int MaxRedirects = 3;

    /// <summary>For everything; a server that sends a byte now and then gets no more.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Null where the text is no address of a calendar.</summary>
    public static Uri? ReadAddress(string? text, bool allowsHttp)
    {
        text = text?.Trim() ?? "";
        // What calendars hand out to be opened by programs.
        foreach (var scheme in new[] { "webcal://", "webcals://" })
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                text = "https://" + text[scheme.Length..];
        return text.Length is > 0 and <= 2048 && Uri.TryCreate(text, UriKind.Absolute, out var address) && IsAllowed(address, allowsHttp)
            ? address : null;
    }

    public async Task<CalendarAnswer> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Limit);
        try
        {
            return await FollowAsync(address, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, nameof(ErrorText.CalendarTooSlow));
        }
        catch (Exception e) when (e is InternalAddressException || e.InnerException is InternalAddressException)
        {
            return new(null, nameof(ErrorText.CalendarInternal));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new(null, nameof(ErrorText.CalendarUnreachable));
        }
    }

    private async Task<CalendarAnswer> FollowAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("text/calendar, */*;q=0.5");
            request.Headers.UserAgent.ParseAdd(Agent);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)answer.StatusCode;
            if (status is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } next)
            {
                address = next.IsAbsoluteUri ? next : new Uri(address, next);
                if (!IsAllowed(address, allowsHttp))
                    return new(null, nameof(ErrorText.CalendarNotAddress));
                continue;
            }
            if (!answer.IsSuccessStatusCode)
                return new(null, $"{nameof(ErrorText.CalendarAnswered)}:{status}");
            return await ReadBodyAsync(answer, cancellationToken);
        }
        return new(null, nameof(ErrorText.CalendarRedirects));
    }

    private static async Task<CalendarAnswer> ReadBodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (kept.Length + read > MaxBytes)
                return new(null, nameof(ErrorText.CalendarTooLarge));
            kept.Write(buffer, 0, read);
        }
        var text = IcsText.Of(kept.GetBuffer().AsSpan(0, (int)kept.Length), answer.Content.Headers.ContentType?.CharSet);
        return IsPage(text) ? new(null, nameof(ErrorText.CalendarHtml)) : new(text, null);
    }

    /// <summary>Who is not signed in there, or took the address from the browser's own line, is shown a page.</summary>
    private static bool IsPage(string text) => text.AsSpan().TrimStart().StartsWith("<");

    private static bool IsAllowed(Uri address, bool allowsHttp) =>
        address.Host.Length > 0 && (address.Scheme == Uri.UriSchemeHttps || allowsHttp && address.Scheme == Uri.UriSchemeHttp);
}
