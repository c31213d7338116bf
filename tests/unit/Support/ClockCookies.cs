using Microsoft.Net.Http.Headers;

namespace Tests.Support;

/// <summary>
/// A browser's cookies, kept and dropped by the test's clock. <see cref="System.Net.CookieContainer"/> asks the machine's,
/// so a cookie of a portal whose clock stands elsewhere would be gone before it is sent.
/// </summary>
public sealed class ClockCookies(TimeProvider clock) : DelegatingHandler
{
    private readonly Dictionary<(string Name, string Path), (string Value, DateTimeOffset? Until, bool Secure)> _cookies = [];
    private readonly Lock _lock = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var address = request.RequestUri!;
        if (Sent(address) is { Length: > 0 } sent)
            request.Headers.Add("Cookie", sent);
        var response = await base.SendAsync(request, ct);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
            Keep(address, SetCookieHeaderValue.ParseList([.. set]));
        return response;
    }

    private string Sent(Uri address)
    {
        lock (_lock)
        {
            var live = _cookies.Where(c => !(c.Value.Until <= clock.GetUtcNow()));
            // The longest path first, as RFC 6265 says (5.4).
            return string.Join("; ",
                live.Where(c => Covers(c.Key.Path, address.AbsolutePath) && (!c.Value.Secure || address.Scheme == "https"))
                .OrderByDescending(c => c.Key.Path.Length).Select(c => $"{c.Key.Name}={c.Value.Value}"));
        }
    }

    private void Keep(Uri address, IEnumerable<SetCookieHeaderValue> cookies)
    {
        lock (_lock)
            foreach (var cookie in cookies)
            {
                var path = cookie.Path.HasValue
                    ? cookie.Path.Value! : address.AbsolutePath[..Math.Max(1, address.AbsolutePath.LastIndexOf('/'))];
                var until = cookie.MaxAge is { } age ? clock.GetUtcNow() + age : cookie.Expires;
                _cookies[(cookie.Name.Value!, path)] = (cookie.Value.Value ?? "", until, cookie.Secure);
            }
    }

    private static bool Covers(string path, string asked) =>
        asked.StartsWith(path, StringComparison.Ordinal)
            && (asked.Length == path.Length || path.EndsWith('/') || asked[path.Length] == '/');
}
