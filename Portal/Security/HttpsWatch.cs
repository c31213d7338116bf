using Portal.Settings;

namespace Portal.Security;

/// <summary>
/// Looks whether people really come by https where the public address says so. A proxy that is not named in
/// Portal:TrustedProxies hides it: then all of them look like one address that comes without encryption.
/// </summary>
public sealed class HttpsWatch(PublicAddress address, ILogger<HttpsWatch> log)
{
    private const string OriginalScheme = "X-Original-Proto";

    private int _told;

    /// <summary>Somebody came to the public address, and it looked like http.</summary>
    public bool SawHttp => _told != 0;

    /// <summary>Returns where to send a person who came to the proxy without encryption; null: go on.</summary>
    public Uri? Judge(HttpRequest request)
    {
        if (!address.IsHttps || request.IsHttps || !request.Host.Host.Equals(address.Base.Host, StringComparison.OrdinalIgnoreCase))
            return null;
        // A trusted proxy said http: the framework put the scheme of the connection aside.
        if (request.Headers.ContainsKey(OriginalScheme))
            return HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api")
                ? address.To(request.Path.ToUriComponent() + request.QueryString.ToUriComponent()) : null;
        if (Interlocked.Exchange(ref _told, 1) == 0)
            log.LogWarning("Requests come as http although Portal:PublicUrl is https: name the reverse proxy in Portal:TrustedProxies.");
        return null;
    }
}

public static class HttpsWatchSetup
{
    public static IApplicationBuilder UsePortalHttpsWatch(this IApplicationBuilder app)
    {
        var watch = app.ApplicationServices.GetRequiredService<HttpsWatch>();
        return app.Use((http, next) =>
        {
            if (watch.Judge(http.Request) is not { } elsewhere)
                return next(http);
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = elsewhere.AbsoluteUri;
            return Task.CompletedTask;
        });
    }
}
