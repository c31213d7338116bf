using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Data;
using Quartz;

namespace Tests.Support;

/// <summary>What every other test relies on.</summary>
public sealed class PortalAppTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task The_app_runs_on_a_migrated_database()
    {
        var pending = await app.InDatabaseAsync(d => d.Database.GetPendingMigrationsAsync());
        Assert.Empty(pending);
        using var answer = await app.Visitor().GetAsync("/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void The_app_uses_the_clock_and_the_folder_of_the_test()
    {
        Assert.Same(app.Clock, app.Services.GetRequiredService<TimeProvider>());
        Assert.Equal(app.DataFolder, app.Services.GetRequiredService<DataFolder>().Path);
    }

    [Fact]
    public async Task A_request_to_the_outside_fails_unless_a_test_answers_it()
    {
        await using var own = await PortalApp.StartAsync(a => a.With(s => s
            .AddHttpClient("one").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler())));
        using var client = own.Services.GetRequiredService<IHttpClientFactory>().CreateClient("one");

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("http://meet.example/api"));

        own.Internet.Answer("http://meet.example/", _ => new(HttpStatusCode.OK) { Content = new StringContent("hello") });
        Assert.Equal("hello", await client.GetStringAsync("http://meet.example/api"));
        Assert.Equal(["GET http://meet.example/api", "GET http://meet.example/api"], own.Internet.Requests);
    }

    [Fact]
    public async Task Jobs_run_only_when_a_test_says_so()
    {
        await using var without = await PortalApp.StartAsync();
        await using var with = await PortalApp.StartAsync(a => a.WithJobs());
        Assert.Null(without.Services.GetService<ISchedulerFactory>());
        Assert.NotNull(with.Services.GetService<ISchedulerFactory>());
    }

    [Fact]
    public void What_the_app_logs_can_be_searched()
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test");
        using (logger.BeginScope(new Dictionary<string, object?> { ["Path"] = "/join/in-a-scope" }))
            logger.LogWarning(new InvalidOperationException("in an exception"), "Ticket {Ticket}", "in-a-value");

        Assert.Contains("in-a-value", app.Log.Text);
        Assert.Contains("/join/in-a-scope", app.Log.Text);
        Assert.Contains("in an exception", app.Log.Text);
    }
}
