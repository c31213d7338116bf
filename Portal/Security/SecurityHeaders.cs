namespace Portal.Security;

/// <summary>
/// What a browser may do with our pages: nothing from elsewhere, but for the meeting page, which names its provider's origins.
/// </summary>
public static class SecurityHeaders
{
    private const string OriginsItem = "Portal.EmbedOrigins";
    private const string FormLeavesItem = "Portal.FormLeaves";

    /// <summary>Lets this one response frame, run and give devices to a provider.</summary>
    public static void AllowEmbedding(this HttpContext http, IReadOnlyList<string> origins) => http.Items[OriginsItem] = origins;

    /// <summary>
    /// Lets this one response's form lead to a meeting tool: browsers hold the redirect after a form against form-action
    /// too. Any https, because naming the tool's host would tell where the meeting is before the door opens.
    /// </summary>
    public static void AllowFormToLeave(this HttpContext http) => http.Items[FormLeavesItem] = true;

    public static IApplicationBuilder UsePortalSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            // Answers hold join links, names and codes: nobody between us and the program keeps them.
            if (http.Request.Path.StartsWithSegments("/api"))
                http.Response.Headers.CacheControl = "no-store";
            Write(http.Response.Headers, http.Items[OriginsItem] as IReadOnlyList<string> ?? [], http.Items.ContainsKey(FormLeavesItem));
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Write(IHeaderDictionary headers, IReadOnlyList<string> origins, bool formLeaves)
    {
        var more = string.Concat(origins.Select(o => " " + o));
        // A page may bring a stricter policy of its own (the mail preview does).
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy =
                $"default-src 'self'; script-src 'self'{more}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
                $"frame-src 'self'{more}; object-src 'none'; base-uri 'none'; form-action 'self'{(formLeaves ? " https:" : "")}; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var devices = origins.Count == 0 ? "()" : $"(self {string.Join(' ', origins.Select(o => $"\"{o}\""))})";
        headers["Permissions-Policy"] =
            $"camera={devices}, microphone={devices}, display-capture={devices}, fullscreen={(origins.Count == 0 ? "(self)" : devices)}, geolocation=()";
    }
}
