using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portal.Security;
using Tests.Support;
using Tests.Tools;

namespace Tests.Api;

/// <summary>The settings of meeting tools, for administrators' programs.</summary>
public sealed class ToolsApiTests(ToolBench bench) : IClassFixture<ToolBench>
{
    private const string Secret = "hush-hush-hush";

    private async Task<HttpClient> KeyAsync(ApiKeyScope scope)
    {
        var (stored, key) = ApiKeyAuthentication.Make("tools", bench.App.Clock.GetUtcNow(), scope);
        await bench.App.InDatabaseAsync(async db =>
        {
            db.ApiKeys.Add(stored);
            await db.SaveChangesAsync();
        });
        var client = bench.App.Visitor();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    private static string Settings(Guid account) => $"/api/v1/admin/tools/{ToolBench.Tool}/accounts/{account}/settings";

    [Fact]
    public async Task A_program_with_a_key_for_it_reads_and_changes_settings_and_never_sees_a_secret()
    {
        var account = await bench.AddAsync(("Secret", Secret));
        var program = await KeyAsync(ApiKeyScope.Admin);
        Assert.Contains($"{account.Id}", await program.GetStringAsync("/api/v1/admin/tools"));
        using var read = await program.GetAsync(Settings(account.Id));
        var text = await read.Content.ReadAsStringAsync();
        Assert.DoesNotContain(Secret, text);
        var settings = JsonSerializer.Deserialize<JsonElement>(text);
        var secret = settings.GetProperty("settings").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "Secret");
        Assert.Equal((JsonValueKind.Null, true), (secret.GetProperty("value").ValueKind, secret.GetProperty("isSet").GetBoolean()));

        var version = settings.GetProperty("version").GetGuid();
        using var saved = await program.PutAsJsonAsync(Settings(account.Id), new { version, values = new { Server = "by-program" } });
        Assert.Equal(HttpStatusCode.NoContent, saved.StatusCode);
        Assert.Equal(["Server: by-program.", $"Secret: {Secret.Length}."],
            (await bench.Providers.CheckAsync(account, default)).Findings.Select(f => f.Text));
        Assert.Null((await bench.TrailAsync(account.Id)).Last().ActorId);

        using var late = await program.PutAsJsonAsync(Settings(account.Id), new { version, values = new { Server = "late" } });
        Assert.Equal("Server", (await late.ProblemAsync(409)).GetProperty("changed")[0].GetString());
    }

    [Fact]
    public async Task What_does_not_fit_is_named_by_its_field()
    {
        var account = await bench.AddAsync();
        var program = await KeyAsync(ApiKeyScope.Admin);
        using var answer = await program.PutAsJsonAsync(Settings(account.Id),
            new { version = account.Version, values = new { Limit = "many", Nonsense = "1" } });
        var errors = (await answer.ProblemAsync(422)).GetProperty("errors");
        Assert.Equal(["limit", "nonsense"], errors.EnumerateObject().Select(e => e.Name).Order());
        Assert.Contains("Limit", errors.GetProperty("limit")[0].GetString());
    }

    [Fact]
    public async Task A_program_tests_a_connection()
    {
        var account = await bench.AddAsync();
        var program = await KeyAsync(ApiKeyScope.Admin);
        using var answer = await program.PostAsJsonAsync(Settings(account.Id) + "/check", new { values = new { Server = "typed" } });
        var check = await answer.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("Server: typed.", check.GetProperty("findings")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(ApiKeyScope.Read)]
    [InlineData(ApiKeyScope.Act)]
    [InlineData(ApiKeyScope.Metrics)]
    public async Task Other_keys_do_not_open_it(ApiKeyScope scope)
    {
        using var answer = await (await KeyAsync(scope)).GetAsync("/api/v1/admin/tools");
        await answer.ProblemAsync(403);
    }

    [Theory]
    [InlineData(ApiKeyScope.Admin, "GET", "/api/v1/sessions", false)]
    [InlineData(ApiKeyScope.Admin, "PUT", "/API/v1/Admin/tools", true)]
    [InlineData(ApiKeyScope.Act, "PUT", "/API/v1/Admin/tools", false)]
    [InlineData(ApiKeyScope.Act, "GET", "/api/v1/administration", true)]
    public void A_key_for_settings_is_good_for_them_alone(ApiKeyScope scope, string method, string path, bool good) =>
        Assert.Equal(good, ApiKey.Covers(scope, method, path));

    [Fact]
    public async Task A_token_of_an_administrator_is_not_enough_to_change_and_one_of_others_opens_nothing()
    {
        var account = await bench.AddAsync();
        var admin = await bench.Scene.ProgramAsync(bench.Boss);
        using var asked = await admin.PutAsJsonAsync(
            Settings(account.Id), new { version = account.Version, values = new { Server = "x" } });
        Assert.Equal("proofNeeded", (await asked.ProblemAsync(401)).GetProperty("code").GetString());
        using var tried = await admin.PostAsJsonAsync(Settings(account.Id) + "/check", new { values = new { Server = "x" } });
        await tried.ProblemAsync(401);
        using var mentor = await (await bench.Scene.ProgramAsync(await bench.Scene.MentorAsync())).GetAsync("/api/v1/admin/tools");
        Assert.Equal(HttpStatusCode.Forbidden, mentor.StatusCode);
    }
}
