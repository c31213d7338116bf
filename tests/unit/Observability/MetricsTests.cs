using System.Net;
using Tests.Support;

namespace Tests.Observability;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_name_routes_and_no_ticket()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Observability:Prometheus", "true"));
        var scene = new Scene(app);
        var booked = await scene.BookedAsync();
        var link = await scene.LinkAsync(booked.MenteePart);
        var ticket = link.Split('/')[^1];
        using var visitor = app.Visitor();
        using var shown = await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        using var wrong = await visitor.GetAsync($"{link}/{ticket}");

        var (program, _) = await scene.KeyHolderAsync();
        var text = await program.GetStringAsync("/metrics");
        Assert.Contains("http_server_request_duration_seconds_count", text);
        Assert.Contains("http_route=\"join/{ticket}\"", text);
        Assert.Contains("dotnet_gc", text);
        Assert.DoesNotContain(ticket, text);
        Assert.DoesNotContain(ticket[..12], text);
    }

    [Fact]
    public async Task Metrics_are_for_programs_with_a_key()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Observability:Prometheus", "true"));
        var scene = new Scene(app);
        using var nobody = await app.Visitor().GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        using var admin = await (await scene.BrowserAsync(await scene.AdminAsync())).GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.Unauthorized, admin.StatusCode);
    }

    [Theory]
    [InlineData("false", "0")]
    [InlineData("true", "9464")]
    public async Task Metrics_are_not_there_unless_they_are_switched_on_and_not_on_another_port(string on, string port)
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Observability:Prometheus", on)
            .With("Observability:PrometheusPort", port));
        var (program, _) = await new Scene(app).KeyHolderAsync();
        using var answer = await program.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
