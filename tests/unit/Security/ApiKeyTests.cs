using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal;
using Portal.Data;
using Portal.Security;
using Tests.Support;

namespace Tests.Security;

public sealed class ApiKeyTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private async Task<(HttpClient Client, Guid Id)> HolderAsync(ApiKeyScope scope, TimeSpan? life = null)
    {
        var (stored, key) = ApiKeyAuthentication.Make("program", app.Clock.GetUtcNow(), scope, life);
        await app.InDatabaseAsync(async db =>
        {
            db.ApiKeys.Add(stored);
            await db.SaveChangesAsync();
        });
        var client = app.Visitor();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return (client, stored.Id);
    }

    [Fact]
    public async Task A_key_that_reads_changes_nothing()
    {
        var session = await _scene.BookedAsync();
        var (reader, _) = await HolderAsync(ApiKeyScope.Read);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/v1/mentors")).StatusCode);
        using var refused = await reader.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "x" });
        await refused.ProblemAsync(403);
        var (actor, _) = await HolderAsync(ApiKeyScope.Act);
        using var done = await actor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "x" });
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    [Fact]
    public async Task A_key_for_metrics_opens_nothing_else()
    {
        var (client, _) = await HolderAsync(ApiKeyScope.Metrics);
        await (await client.GetAsync("/api/v1/sessions")).ProblemAsync(403);
        await (await client.GetAsync("/api/v1/mentors")).ProblemAsync(403);
    }

    [Fact]
    public async Task A_key_has_an_end_and_its_last_use_is_known()
    {
        await using var own = await PortalApp.StartAsync();
        var (stored, key) = ApiKeyAuthentication.Make("program", own.Clock.GetUtcNow(), ApiKeyScope.Read, TimeSpan.FromDays(2));
        await own.InDatabaseAsync(async db =>
        {
            db.ApiKeys.Add(stored);
            await db.SaveChangesAsync();
        });
        var client = own.Visitor();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var used = own.Clock.GetUtcNow();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/mentors")).StatusCode);
        Assert.Equal(used, await LastUseAsync(own));
        own.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/mentors")).StatusCode);
        Assert.Equal(used, await LastUseAsync(own));
        own.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/mentors")).StatusCode);
    }

    [Theory]
    [InlineData(0, "api-key", "add", "one")]
    [InlineData(0, "api-key", "add", "two", "read", "30")]
    [InlineData(0, "api-key", "list")]
    [InlineData(0, "keys", "rotate-tickets")]
    [InlineData(1, "api-key", "revoke", "nobody")]
    [InlineData(null, "api-key", "add", "three", "everything")]
    [InlineData(null, "api-key", "add", "three", "1")]
    [InlineData(null, "api-key", "add", "three", "read", "0")]
    [InlineData(null, "keys", "forget")]
    public async Task The_commands(int? expected, params string[] what)
    {
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Equal(expected, what[0] == "keys" ? await scope.ServiceProvider.RunKeyCommandAsync(what[1])
            : await scope.ServiceProvider.RunApiKeyCommandAsync(what[1..]));
        if (what is ["api-key", "add", "two", ..])
        {
            var made = await app.InDatabaseAsync(db => db.ApiKeys.SingleAsync(k => k.Name == "two"));
            Assert.Equal((ApiKeyScope.Read, TimeSpan.FromDays(30)), (made.Scope, made.ExpiresUtc - made.CreatedUtc));
        }
    }

    private static Task<DateTimeOffset?> LastUseAsync(PortalApp own) =>
        own.InDatabaseAsync(db => db.ApiKeys.Select(k => k.LastUsedUtc).SingleAsync());
}
