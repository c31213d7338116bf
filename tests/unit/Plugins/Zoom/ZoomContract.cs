using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using Tests.Support;

namespace Tests.Plugins.Zoom;

/// <summary>Skipped, visibly, where the vendors' published contracts do not lie beside the tree: they belong to others.</summary>
public sealed class NeedsZoomContractFactAttribute : FactAttribute
{
    public NeedsZoomContractFactAttribute() => Skip = ZoomContract.Folder is null ? "no shared/contracts above the tree" : null;
}

/// <summary>Zoom's own description of its API, taken at its word: what it does not name must not be sent.</summary>
internal sealed partial class ZoomContract
{
    /// <summary>Calls that the saved part of the description does not hold.</summary>
    private static readonly string[] NotDescribed = ["/users/{id}"];

    public static readonly string? Folder = Find();

    private readonly JsonObject paths =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder!, "zoom-meetings-mit-subset.openapi3.json")))!["paths"]!.AsObject();

    public async Task<IReadOnlyList<string>> ProblemsAsync(ZoomRequest request)
    {
        var path = request.Path["/v2".Length..];
        var template = paths.Select(p => p.Key).FirstOrDefault(t => Matches(t, path));
        if (template is null)
            return NotDescribed.Any(t => Matches(t, path)) ? [] : [$"{path} is no path of Zoom's"];
        if (paths[template]![request.Method.ToLowerInvariant()] is not JsonObject call)
            return [$"{template} has no {request.Method}"];
        var problems = new List<string>(Query(call, request.Query));
        var schema = call["requestBody"]?["content"]?["application/json"]?["schema"];
        if ((schema is null) != (request.Body is ""))
            problems.Add($"{request.Method} {template}: a body is " + (schema is null ? "not described" : "missing"));
        else if (schema is not null)
            problems.AddRange((await JsonSchema.FromJsonAsync(Strict(schema).ToJsonString())).Validate(request.Body)
                .Select(e => $"{request.Method} {template}: {e}"));
        return problems;
    }

    private static IEnumerable<string> Query(JsonObject call, string query)
    {
        var known = (call["parameters"] as JsonArray ?? []).Where(p => (string)p!["in"]! == "query")
            .ToDictionary(p => (string)p!["name"]!, p => p!["schema"]!);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')))
            if (!known.TryGetValue(pair[0], out var schema))
                yield return $"{pair[0]} is no parameter";
            else if (schema["enum"] is JsonArray values && !values.Select(v => (string)v!).Contains(pair[1]))
                yield return $"{pair[0]} cannot be {pair[1]}";
            else if ((int?)schema["maximum"] < (int.TryParse(pair[1], out var number) ? number : 0))
                yield return $"{pair[0]} is above its maximum";
    }

    /// <summary>Joins what allOf takes apart, and allows nothing else.</summary>
    private static JsonNode Strict(JsonNode schema)
    {
        var strict = new JsonObject();
        var properties = new JsonObject();
        Gather(schema.AsObject(), strict, properties);
        if (properties.Count > 0)
        {
            strict["properties"] = properties;
            strict["additionalProperties"] = false;
        }
        if (strict["items"] is { } items)
            strict["items"] = Strict(items);
        return strict;
    }

    private static void Gather(JsonObject schema, JsonObject strict, JsonObject properties)
    {
        foreach (var part in schema["allOf"] as JsonArray ?? [])
            Gather(part!.AsObject(), strict, properties);
        foreach (var (name, value) in schema.Where(p => p.Key is not "allOf" and not "properties" && !p.Key.StartsWith('x')))
            strict[name] = value?.DeepClone();
        foreach (var (name, value) in schema["properties"] as JsonObject ?? [])
            properties[name] = Strict(value!);
    }

    private static bool Matches(string template, string path) =>
        Regex.IsMatch(path, "^" + Placeholder().Replace(template, "[^/]+") + "$");

    private static string? Find()
    {
        for (var at = new DirectoryInfo(Repository.Root); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "contracts")))
                return Path.Combine(at.FullName, "shared", "contracts");
        return null;
    }

    [GeneratedRegex(@"\{[a-zA-Z]+\}")]
    private static partial Regex Placeholder();
}
