using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.Security;

/// <summary>
/// What a browser may do with our pages: nothing from elsewhere, but for the meeting page, which names its provider's origins.
/// </summary>
public static class SecurityHeaders
{
    private const string OriginsItem = "Portal.EmbedOrigins";
    private const string ScriptItem = "Portal.ScriptOrigins";
    private const string FormLeavesItem = "Portal.FormLeaves";
    private const string TriedItem = "Portal.TriedServers";

    /// <summary>Lets this one response frame a provider and give it devices; and run its script, which may do what the page may.</summary>
    public static void AllowEmbedding(this HttpContext http, IReadOnlyList<string> origins, bool withScript) =>
        (http.Items[OriginsItem], http.Items[ScriptItem]) = (origins, withScript ? origins : []);

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
                Write(headers, Origins(http, OriginsItem), Origins(http, ScriptItem), http.Items.ContainsKey(FormLeavesItem));
                if (http.Items.ContainsKey(TriedItem))
                    AllowTrying(headers, Origins(http, TriedItem));
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

    private static IReadOnlyList<string> Origins(HttpContext http, string item) => http.Items[item] as IReadOnlyList<string> ?? [];

    private static void Write(IHeaderDictionary headers, IReadOnlyList<string> origins, IReadOnlyList<string> scripts, bool formLeaves)
    {
        var frames = string.Concat(origins.Select(o => " " + o));
        var run = string.Concat(scripts.Select(o => " " + o));
        // A page may bring a stricter policy of its own (the mail preview does).
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy =
                $"default-src 'self'; script-src 'self'{run}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
                $"frame-src 'self'{frames}; object-src 'none'; base-uri 'none'; form-action 'self'{(formLeaves ? " https:" : "")}; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // The tool's own windows (its sign-in, a cloud for recordings) answer to the page that opened them.
        headers["Cross-Origin-Opener-Policy"] = origins.Count == 0 ? "same-origin" : "same-origin-allow-popups";
        var devices = origins.Count == 0 ? "()" : $"(self {string.Join(' ', origins.Select(o => $"\"{o}\""))})";
        headers["Permissions-Policy"] =
            $"camera={devices}, microphone={devices}, display-capture={devices}, fullscreen={(origins.Count == 0 ? "(self)" : devices)}, geolocation=()";
    }

    private static void AllowTrying(IHeaderDictionary headers, IReadOnlyList<string> servers)
    {
        headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.ToString()
            .Replace("connect-src 'self'", "connect-src 'self'" + string.Concat(servers.Select(s => " " + s)), StringComparison.Ordinal);
        headers["Permissions-Policy"] = headers["Permissions-Policy"].ToString()
            .Replace("camera=(), microphone=()", "camera=(self), microphone=(self)", StringComparison.Ordinal);
    }
}
