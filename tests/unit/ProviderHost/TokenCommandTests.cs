using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal;
using Tests.Pages.Admin;
using Tests.Support;

namespace Tests.ProviderHost;

/// <summary>An operator makes and checks tokens without a browser.</summary>
public sealed class TokenCommandTests
{
    [Fact]
    public async Task An_operator_makes_a_token_and_has_it_checked()
    {
        await using var app = await PortalApp.StartAsync(a => TokenPageTests.WithServer(a));
        var (code, output, _) = await RunAsync(app, "mint", "--room", "Quiet-River", "--role", "observer", "--name", "مها", "--json");
        Assert.Equal(0, code);
        var made = JsonDocument.Parse(output).RootElement;
        var token = made.GetProperty("token").GetString()!;
        Assert.StartsWith($"https://meet.example.org/quiet-river?lang=en&jwt={token}#", made.GetProperty("url").GetString());
        Assert.Equal("JWT", made.GetProperty("header").GetProperty("typ").GetString());
        Assert.Equal("quiet-river", made.GetProperty("claims").GetProperty("room").GetString());
        Assert.Contains("\"name\": \"مها\"", output);
        Assert.Equal(app.Clock.GetUtcNow().AddMinutes(90), made.GetProperty("expires").GetDateTimeOffset());

        Assert.Equal(0, (await RunAsync(app, "check", token, "--room", "quiet-river")).Code);
        var (bad, said, _) = await RunAsync(app, "check", token, "--room", "other", "--json");
        Assert.Equal(1, bad);
        var report = JsonDocument.Parse(said).RootElement;
        Assert.False(report.GetProperty("good").GetBoolean());
        Assert.Single(report.GetProperty("findings").EnumerateArray(), f => !f.GetProperty("good").GetBoolean());
        Assert.Contains("is good", (await PipeAsync(app, token + "\n", "check", "-")).Output);
        Assert.Equal(1, (await RunAsync(app, "check", "nonsense")).Code);

        Assert.Equal(5, await app.InDatabaseAsync(db =>
            db.AuditEntries.CountAsync(a => a.ActorId == null && (a.Action == "token.mint" || a.Action == "token.check"))));
    }

    [Fact]
    public async Task Where_no_tool_has_tokens_the_operator_is_told()
    {
        await using var app = await PortalApp.StartAsync();
        var (code, output, errors) = await RunAsync(app, "mint", "--room", "quiet-river");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("No meeting tool that is ready uses tokens", errors);
        Assert.Equal(1, (await RunAsync(app, "mint", "--room", "quiet-river", "--tool", "other")).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mint")]
    [InlineData("mint --room")]
    [InlineData("mint --room r --role king")]
    [InlineData("mint --room r --role 1")]
    [InlineData("mint --room r --role -1")]
    [InlineData("mint --room r --role mentor,guest")]
    [InlineData("mint --room r --minutes 0")]
    [InlineData("mint --room r --minutes 1441")]
    [InlineData("mint --room r --kind party")]
    [InlineData("mint --room r --room r")]
    [InlineData("mint --room r --secret x")]
    [InlineData("mint r")]
    [InlineData("check")]
    [InlineData("check --json")]
    [InlineData("check a.b.c --minutes 5")]
    [InlineData("burn a.b.c")]
    public void What_is_not_understood_is_not_guessed(string line) =>
        Assert.Null(TokenArguments.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("token --help", 0)]
    [InlineData("token mint --help", 0)]
    [InlineData("token mint", 2)]
    [InlineData("token", 2)]
    public async Task Help_needs_no_portal_and_what_is_not_understood_ends_with_2(string line, int code) =>
        Assert.Equal(code, await PortalStart.RunAsync(line.Split(' ')));

    private static Task<(int Code, string Output, string Errors)> RunAsync(PortalApp app, params string[] args) => PipeAsync(app, "", args);

    private static async Task<(int Code, string Output, string Errors)> PipeAsync(PortalApp app, string input, params string[] args)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await scope.ServiceProvider.RunTokenCommandAsync(TokenArguments.Parse(args)!, new StringReader(input), output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
