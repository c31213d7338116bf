using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Data;
using Portal.ProviderHost;
using Providers;

namespace Portal;

/// <summary>The commands that make a tool's token and check one.</summary>
internal static class TokenCommands
{
    // A name in Arabic is to be read.
    private static readonly JsonSerializerOptions Shown = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<int> RunTokenCommandAsync(
        this IServiceProvider services, TokenArguments asked, TextReader input, TextWriter output, TextWriter errors)
    {
        // With what administrators stored of the tools.
        var db = services.GetRequiredService<PortalDbContext>();
        await services.GetRequiredService<HostedTools>().RefreshAsync(db, CancellationToken.None);
        var tokens = services.GetRequiredService<ProviderTokens>();
        var tools = tokens.Tools.Where(t => asked.Tool is null || t.Id == asked.Tool).Select(t => t.Id).ToList();
        if (tools is not [var tool])
        {
            await errors.WriteLineAsync(tools.Count == 0 ? "No meeting tool that is ready uses tokens, or none with this id."
                : $"More than one meeting tool uses tokens; choose by --tool: {string.Join(", ", tools)}.");
            return 1;
        }
        try
        {
            return asked.Request is { } request
                ? await MintAsync(tokens, tool, request, asked.AsJson, output)
                : await CheckAsync(tokens, tool, asked, input, output);
        }
        catch (ProviderException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> MintAsync(ProviderTokens tokens, string tool, TokenRequest request, bool asJson, TextWriter output)
    {
        var made = await tokens.MintAsync(tool, request, null, CancellationToken.None);
        var until = made.Expires.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await output.WriteLineAsync(asJson
            ? new JsonObject
            {
                ["token"] = made.Token,
                ["url"] = made.Url.AbsoluteUri,
                ["expires"] = until,
                ["header"] = JsonNode.Parse(made.Contents.Header),
                ["claims"] = JsonNode.Parse(made.Contents.Claims),
            }.ToJsonString(Shown)
            : $"Token (until {until}):\n{made.Token}\n\nAddress:\n{made.Url.AbsoluteUri}");
        return 0;
    }

    private static async Task<int> CheckAsync(
        ProviderTokens tokens, string tool, TokenArguments asked, TextReader input, TextWriter output)
    {
        var token = asked.Token is "-" ? await input.ReadToEndAsync() : asked.Token!;
        var report = await tokens.CheckAsync(tool, token.Trim(), asked.Room, null, CancellationToken.None);
        await output.WriteLineAsync(asked.AsJson ? Json(report) : Text(report));
        return report.Good ? 0 : 1;
    }

    private static string Json(TokenReport report) => new JsonObject
    {
        ["good"] = report.Good,
        ["findings"] = new JsonArray([.. report.Findings.Select(f => new JsonObject { ["good"] = f.Good, ["text"] = f.Text })]),
        ["header"] = report.Contents is { Header: var header } ? JsonNode.Parse(header) : null,
        ["claims"] = report.Contents is { Claims: var claims } ? JsonNode.Parse(claims) : null,
    }.ToJsonString(Shown);

    private static string Text(TokenReport report) => string.Join('\n',
    [
        report.Good ? "The token is good." : "The token is not good.",
        .. report.Findings.Select(f => $"  {(f.Good ? "good" : "BAD ")}  {f.Text}"),
        .. report.Contents is { } contents ? [contents.Header, contents.Claims] : Array.Empty<string>(),
    ]);
}
