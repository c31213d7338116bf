using System.Net;
using Localization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Calendar;
using Portal.Security;

namespace Tests.Calendar;

/// <summary>Fetching from addresses that people typed, against a real server that means no good.</summary>
public sealed class CalendarFetcherTests : IAsyncLifetime
{
    private readonly WebApplication _server = Make();
    private Uri _address = null!;

    private static WebApplication Make()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/good", () => Results.Text("\uFEFFBEGIN:VCALENDAR", "text/calendar"));
        app.MapGet("/page", () => Results.Text("\n<!DOCTYPE html><title>Sign in</title>", "text/html"));
        // As Office 365 does.
        app.MapGet("/browsers", (HttpContext http) => http.Request.Headers.UserAgent.ToString().StartsWith("Mozilla/5.0", StringComparison.Ordinal)
            ? Results.Text("BEGIN:VCALENDAR", "text/calendar") : Results.StatusCode(400));
        app.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
        app.MapGet("/hops/{left:int}", (int left) => Results.Redirect(left == 0 ? "/good" : $"/hops/{left - 1}"));
        app.MapGet("/to", (string where) => Results.Redirect(where));
        app.MapGet("/silent", async (HttpContext http) => await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }));
        app.MapGet("/drips", async (HttpContext http) =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync("x");
                await http.Response.Body.FlushAsync();
                await Task.Delay(50);
            }
        });
        app.MapGet("/endless", async (HttpContext http) =>
        {
            var much = new byte[100_000];
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(much);
        });
        app.MapGet("/bomb", async (HttpContext http) =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new System.IO.Compression.GZipStream(http.Response.Body,
                System.IO.Compression.CompressionLevel.SmallestSize);
            for (var i = 0; i < 200 && !http.RequestAborted.IsCancellationRequested; i++)
                await zip.WriteAsync(new byte[1_000_000]);
        });
        return app;
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        _address = new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private static CalendarFetcher Reader(Func<IPAddress, bool> allowed) =>
        new(new HttpClient(PublicNetwork.Handler(allowed)), allowsHttp: true) { Limit = TimeSpan.FromSeconds(2) };

    [Theory]
    [InlineData("/good", null)]
    [InlineData("/browsers", null)]
    [InlineData("/page", nameof(ErrorText.CalendarHtml))]
    [InlineData("/hops/2", null)]
    [InlineData("/hops/3", nameof(ErrorText.CalendarRedirects))]
    [InlineData("/hops/1000", nameof(ErrorText.CalendarRedirects))]
    [InlineData("/status/404", nameof(ErrorText.CalendarAnswered) + ":404")]
    [InlineData("/status/500", nameof(ErrorText.CalendarAnswered) + ":500")]
    [InlineData("/status/304", nameof(ErrorText.CalendarAnswered) + ":304")]
    [InlineData("/silent", nameof(ErrorText.CalendarTooSlow))]
    [InlineData("/drips", nameof(ErrorText.CalendarTooSlow))]
    [InlineData("/endless", nameof(ErrorText.CalendarTooLarge))]
    [InlineData("/bomb", nameof(ErrorText.CalendarTooLarge))]
    [InlineData("/to?where=file:///etc/passwd", nameof(ErrorText.CalendarNotAddress))]
    [InlineData("/to?where=ftp://example.org/", nameof(ErrorText.CalendarNotAddress))]
    [InlineData("/to?where=http://127.0.0.1:1/", nameof(ErrorText.CalendarUnreachable))]
    [InlineData("/to?where=http://169.254.169.254/latest/meta-data", nameof(ErrorText.CalendarInternal))]
    public async Task What_a_server_answers(string path, string? problem)
    {
        // The server of the test is the one internal address that may be reached.
        var answer = await Reader(a => a.Equals(IPAddress.Loopback)).ReadAsync(new(_address, path), default);
        Assert.Equal((problem, problem is null ? "BEGIN:VCALENDAR" : null), (answer.Problem, answer.Text));
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/good")]
    [InlineData("http://localhost:PORT/good")] // known only after the name was looked up
    [InlineData("http://[::1]:PORT/good")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/good")]
    [InlineData("http://0.0.0.0:PORT/good")]
    [InlineData("http://2130706433:PORT/good")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://10.1.2.3/")]
    public async Task Nothing_internal_is_ever_connected_to(string address)
    {
        var answer = await Reader(PublicNetwork.IsPublic).ReadAsync(new(address.Replace("PORT", _address.Port.ToString())), default);
        Assert.Equal((nameof(ErrorText.CalendarInternal), null), (answer.Problem, answer.Text));
    }

    [Fact]
    public async Task Other_ports_than_those_of_https_are_never_connected_to()
    {
        using var http = new HttpClient(PublicNetwork.Handler(_ => true, PublicNetwork.SafePorts));
        var reader = new CalendarFetcher(http, allowsHttp: true) { Limit = TimeSpan.FromSeconds(2) };
        var answer = await reader.ReadAsync(new(_address, "/good"), default);
        Assert.Equal((nameof(ErrorText.CalendarInternal), null), (answer.Problem, answer.Text));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("168.63.129.16", false)] // the host of a machine in Azure
    [InlineData("168.63.129.17", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.128.0.1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::7f00:1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Which_addresses_are_public(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicNetwork.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://calendar.example/a.ics", "https://calendar.example/a.ics")]
    [InlineData(" webcal://calendar.example/a.ics ", "https://calendar.example/a.ics")]
    [InlineData("http://calendar.example/a.ics", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("calendar.example/a.ics", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("https://", null)]
    public void What_is_an_address_of_a_calendar(string? text, string? address) =>
        Assert.Equal(address, CalendarFetcher.ReadAddress(text, allowsHttp: false)?.AbsoluteUri);
}
