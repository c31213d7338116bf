using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.Security;

/// <summary>
/// What a browser may do with our pages: nothing from elsewhere, but for the meeting page, which names its provider's origins.
/// </summary>
public static class SecurityHeaders
{
    private const string OriginsItem = "Portal.EmbedOrigins";
    private const string FormLeavesItem = "Portal.FormLeaves";
    private const string TriedItem = "Portal.TriedServers";

    /// <summary>Lets this one response frame a provider and give it devices. No script from elsewhere runs in any page.</summary>
    public static void AllowEmbedding(this HttpContext http, IReadOnlyList<string> origins) => http.Items[OriginsItem] = origins;

    /// <summary>Gives this one page camera and microphone, and lets it try how far these servers are.</summary>
    public static void AllowDevices(this HttpContext http, IReadOnlyList<string> servers) => http.Items[TriedItem] = servers;

    /// <summary>
    /// Lets this one response's form lead to a meeting tool: browsers hold the redirect after a form against form-action
    /// too. Any https, because naming the tool's host would tell where the meeting is before the door opens.
    /// </summary>
    public static void AllowFormToLeave(this HttpContext http) => http.Items[FormLeavesItem] = true;

    public static IApplicationBuilder UsePortalSecurityHeaders(this IApplicationBuilder app)
    {
        var insist = Insist(app.ApplicationServices);
        return app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                // Answers hold join links, names and codes: nobody between us and the reader keeps them, nor their own disk.
                if (http.Request.Path.StartsWithSegments("/api")
                    || headers.CacheControl.Count == 0 && http.User.Identity?.IsAuthenticated == true)
                    headers.CacheControl = "no-store";
                Write(headers, Permits.Of(http));
                if (insist is not null)
                    headers.StrictTransportSecurity = insist;
                SayEncoding(headers);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    /// <summary>A year of https, whatever the request looks like: behind a proxy it is http, and browsers ignore it there.</summary>
    private static string? Insist(IServiceProvider services) =>
        !services.GetRequiredService<PublicAddress>().IsHttps ? null
            : "max-age=31536000" + (services.GetRequiredService<IOptions<PortalOptions>>().Value.HstsSubdomains ? "; includeSubDomains" : "");

    private static void SayEncoding(IHeaderDictionary headers)
    {
        var type = headers.ContentType.ToString();
        if ((type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase)) && !type.Contains("charset", StringComparison.OrdinalIgnoreCase))
            headers.ContentType = type + "; charset=utf-8";
    }

    private static void Write(IHeaderDictionary headers, Permits permits)
    {
        // A page may bring a stricter policy of its own (the mail preview does).
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy =
                $"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
                $"connect-src 'self'{And(permits.Tried)}; frame-src 'self'{And(permits.Frames)}; object-src 'none'; base-uri 'none'; " +
                $"form-action 'self'{(permits.FormLeaves ? " https:" : "")}; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        var embeds = permits.Frames.Count > 0;
        // The tool's own windows (its sign-in, a cloud for recordings) answer to the page that opened them.
        headers["Cross-Origin-Opener-Policy"] = embeds ? "same-origin-allow-popups" : "same-origin";
        var tool = embeds ? $"(self {string.Join(' ', permits.Frames.Select(o => $"\"{o}\""))})" : "()";
        var devices = !embeds && permits.TriesDevices ? "(self)" : tool;
        headers["Permissions-Policy"] =
            $"camera={devices}, microphone={devices}, display-capture={tool}, fullscreen={(embeds ? tool : "(self)")}, geolocation=()";
    }

    private static string And(IReadOnlyList<string> origins) => string.Concat(origins.Select(o => " " + o));

    /// <summary>What one page was allowed besides what all may.</summary>
    private sealed record Permits(
        IReadOnlyList<string> Frames, IReadOnlyList<string> Tried, bool TriesDevices, bool FormLeaves)
    {
        public static Permits Of(HttpContext http) => new(
            Origins(http, OriginsItem), Origins(http, TriedItem), http.Items.ContainsKey(TriedItem),
            http.Items.ContainsKey(FormLeavesItem));

        private static IReadOnlyList<string> Origins(HttpContext http, string item) => http.Items[item] as IReadOnlyList<string> ?? [];
    }
}
