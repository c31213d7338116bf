using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Portal.People.Push;
using Portal.Settings;

namespace Portal.Security;

public static class SecuritySetup
{
    public static IServiceCollection AddPortalSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPortalOptions<RateLimitOptions>(RateLimitOptions.Section);
        services.AddPortalOptions<CorsOptions>(CorsOptions.Section);
        services.AddPortalDataProtection();
        services.AddPortalIdentity();
        services.AddPortalCookies();
        services.AddSingleton<HttpsWatch>();
        services.AddSingleton<IConnectionListenerFactory, LoopbackOnly>();
        services.AddPortalRateLimits();
        services.AddPortalPush();
        var origins = configuration.GetSection(CorsOptions.Section).Get<CorsOptions>()?.Origins ?? [];
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(origins)
            .WithHeaders("Authorization", "Content-Type", "Accept").WithMethods("GET", "POST", "PUT", "DELETE")
                .WithExposedHeaders("Retry-After")));
        var proxies = configuration.GetSection(PortalOptions.Section).Get<PortalOptions>()?.TrustedProxies ?? [];
        services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, proxies));
        return services;
    }

    /// <summary>Where a note goes is the word of a browser, or of whoever speaks in its name.</summary>
    private static void AddPortalPush(this IServiceCollection services) => services.AddHttpClient(PushSender.HttpName, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = 16_384;
        })
        .ConfigurePrimaryHttpMessageHandler(() => PublicNetwork.Handler(PublicNetwork.IsPublic, [443]))
        .RemoveAllLoggers(); // they would print the address

    /// <summary>The framework puts aside what a named proxy has replaced, in headers of its own: nobody else writes those.</summary>
    public static IApplicationBuilder UsePortalProxies(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        foreach (var aside in new[] { "X-Original-Proto", "X-Original-For", "X-Original-Host" })
            http.Request.Headers.Remove(aside);
        return next(http);
    }).UseForwardedHeaders();

    /// <summary>The framework takes two empty lists for "from anybody"; here they mean nobody.</summary>
    private static void Trust(ForwardedHeadersOptions forwarded, string[] proxies)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            Trust(forwarded, proxy);
        forwarded.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // One proxy behind another: as far back as the next one is one of them.
        forwarded.ForwardLimit = null;
    }

    private static void Trust(ForwardedHeadersOptions forwarded, string proxy)
    {
        if (System.Net.IPNetwork.TryParse(proxy, out var network))
            forwarded.KnownIPNetworks.Add(network);
        else if (IPAddress.TryParse(proxy, out var address))
            forwarded.KnownProxies.Add(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        else
            throw new StartupException($"Portal:TrustedProxies holds {proxy}, which is neither an address nor a network (10.0.0.0/8).");
    }
}
