using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Tests.Support;

/// <summary>Lets a test's requests come from an address of its choice: the test server has no connections.</summary>
public sealed class Peers : IStartupFilter
{
    public const string Header = "X-Test-Peer";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            http.Connection.RemoteIpAddress = IPAddress.TryParse(http.Request.Headers[Header], out var peer) ? peer : null;
            http.Request.Scheme = "http"; // A proxy speaks so to the portal, whatever the browser speaks to the proxy.
            return rest(http);
        });
        next(app);
    };

    public static PortalApp In(PortalApp app) => app.With(s => s.AddSingleton<IStartupFilter, Peers>());

    public static HttpClient Of(PortalApp app, string address, string? forwardedFor = null, string? forwardedProto = null)
    {
        var client = app.Visitor();
        client.DefaultRequestHeaders.Add(Header, address);
        if (forwardedFor is not null)
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        if (forwardedProto is not null)
        {
            client.BaseAddress = new($"{forwardedProto}://portal.test");
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", forwardedProto);
        }
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        return client;
    }
}
