using System.Net;
using System.Text.Json;
using Tests.Support;

namespace Tests.Api;

public sealed class OpenApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Every_call_is_described_and_every_body_has_an_example_that_fits_it()
    {
        using var answer = await app.Visitor().GetAsync("/openapi/v1.json");
        var document = await answer.JsonAsync(HttpStatusCode.OK);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var (wrong, bodies) = (new List<string>(), 0);
        foreach (var path in document.GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var call in path.Value.EnumerateObject())
            {
                if (!call.Value.TryGetProperty("summary", out _))
                    wrong.Add($"{call.Name} {path.Name} has no summary");
                foreach (var schema in Bodies(call.Value))
                {
                    bodies++;
                    var described = schemas.GetProperty(schema);
                    if (!described.TryGetProperty("examples", out var examples))
                        wrong.Add($"{schema} has no example");
                    else
                        wrong.AddRange(examples[0].EnumerateObject()
                        .Where(f => !described.GetProperty("properties").TryGetProperty(f.Name, out _))
                        .Select(f => $"{schema}.{f.Name} does not exist"));
                }
            }
        }
        Assert.Empty(wrong);
        Assert.InRange(bodies, 20, 200);
    }

    private static IEnumerable<string> Bodies(JsonElement call)
    {
        var contents = new List<JsonElement>();
        if (call.TryGetProperty("requestBody", out var request))
            contents.Add(request);
        if (call.TryGetProperty("responses", out var responses))
            contents.AddRange(responses.EnumerateObject().Select(r => r.Value));
        foreach (var content in contents.Where(c => c.TryGetProperty("content", out _))
            .SelectMany(c => c.GetProperty("content").EnumerateObject()))
        {
            if (content.Name == "application/json" && content.Value.GetProperty("schema").TryGetProperty("$ref", out var reference))
                yield return reference.GetString()!.Split('/')[^1];
        }
    }
}
