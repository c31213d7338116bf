using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stories.Fixture;

/// <summary>
/// The rest of the internet, as the browser sees it: every host but the portal's leads here, so that a story can follow
/// a link to a meeting server (and embed its page) without one.
/// </summary>
public sealed class Outside : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, (string ContentType, string Body)> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private Outside(WebApplication server) => _server = server;

    public int Port => new Uri(_server.Urls.First()).Port;

    /// <summary>"GET https://host/path?query"</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<Outside> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.UseHttps(Certificate())));
        var server = builder.Build();
        var outside = new Outside(server);
        server.Run(outside.AnswerAsync);
        await server.StartAsync();
        return outside;
    }

    /// <param name="address">"https://host/path", without the query; "https://host/*" for whatever else that host is asked for.</param>
    public void Answer(string address, string contentType, string body) => _answers[address] = (contentType, body);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var address = $"https://{context.Request.Host.Host}{context.Request.Path}";
        _requests.Enqueue($"{context.Request.Method} {address}{context.Request.QueryString}");
        var (contentType, body) = _answers.GetValueOrDefault(address, _answers.GetValueOrDefault($"https://{context.Request.Host.Host}/*",
            ("text/html; charset=utf-8", "<!doctype html><html lang=\"en\"><title>Outside</title><main>Outside the portal</main></html>")));
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=outside", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow()
            .AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
