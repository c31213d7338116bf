using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace Tests.Plugins.Vendors;

/// <summary>A vendor's own description of its API; what is sent is held against it: paths, query and every name in a body.</summary>
internal sealed class Contract
{
    private readonly JsonObject document;
    private readonly JsonObject definitions;
    private readonly string prefix;

    private Contract(string file, string prefix)
    {
        this.prefix = prefix;
        document = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder!, file)))!;
        definitions = (JsonObject)document["components"]!["schemas"]!.DeepClone();
        foreach (var (name, schema) in definitions.ToList())
            definitions[name] = Strict(schema!);
    }

    /// <summary>Beside the tree, or above it; these files are the vendors' and no part of it.</summary>
    public static string? Folder { get; } = Find();

    public static Contract Read(string file, string prefix) => new(file, prefix);

    public async Task HoldAsync(Sent sent)
    {
        Assert.StartsWith(prefix, sent.Path);
        var operation = Operation(sent.Method, sent.Path[prefix.Length..]);
        Assert.True(operation is not null, $"{sent} is not in the contract.");
        var known = Parameters(operation.Value.Path).Concat(Parameters(operation.Value.Operation)).ToHashSet();
        Assert.Empty(sent.Query.Keys.Except(known));
        if (operation.Value.Operation["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema)
            Assert.Equal("", sent.Body);
        else if (sent.Body is not "" || (bool?)operation.Value.Operation["requestBody"]!["required"] == true)
            Assert.Empty((await ReadAsync(schema)).Validate(sent.Body).Select(e => e.ToString()));
    }

    private (JsonObject Path, JsonObject Operation)? Operation(string method, string path)
    {
        foreach (var (template, item) in document["paths"]!.AsObject())
        {
            var shape = "^" + string.Join("[^/]+", Regex.Split(template, @"\{[^}]*\}").Select(Regex.Escape)) + "$";
            if (Regex.IsMatch(path, shape.Replace(Regex.Escape("microsoft.graph."), @"(microsoft\.graph\.)?"))
                && item![method.ToLowerInvariant()] is JsonObject operation)
                return (item.AsObject(), operation);
        }
        return null;
    }

    private IEnumerable<string> Parameters(JsonObject owner) => (owner["parameters"]?.AsArray() ?? [])
        .Select(p => (string?)p!["$ref"] is { } reference ? document["components"]!["parameters"]![reference.Split('/')[^1]]! : p)
        .Where(p => (string?)p["in"] == "query").Select(p => (string)p["name"]!);

    private Task<JsonSchema> ReadAsync(JsonNode schema)
    {
        // What stands beside a reference is not read.
        var whole = new JsonObject { ["allOf"] = new JsonArray(Strict(schema)), ["definitions"] = definitions.DeepClone() };
        return JsonSchema.FromJsonAsync(whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/"));
    }

    /// <summary>Names that the schema does not know are none; parts of one object are put together first.</summary>
    private JsonNode Strict(JsonNode node)
    {
        // "This, or any object": how nothing is written.
        if (node is JsonArray list)
            return new JsonArray([.. list.Where(i => i is not JsonObject { Count: 2 } o || o["nullable"] is null || o["$ref"] is not null)
                .Select(i => i is null ? null : Strict(i))]);
        if (node is not JsonObject schema)
            return node.DeepClone();
        if (schema["allOf"] is JsonArray { Count: > 1 } parts)
            return Strict(Merged(parts));
        var copy = new JsonObject(schema.Where(p => p.Key is not ("discriminator" or "description" or "x-ms-discriminator-value"))
            .Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : Strict(p.Value))));
        if (schema["properties"] is JsonObject && (string?)schema["type"] == "object")
            copy["additionalProperties"] = false;
        return copy;
    }

    private JsonObject Merged(JsonArray parts)
    {
        var properties = new JsonObject();
        foreach (var part in parts)
        {
            var whole = (string?)part!["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : part;
            foreach (var (name, schema) in whole["properties"]!.AsObject())
                properties[name] = schema!.DeepClone();
        }
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "contracts") is var folder && Directory.Exists(folder))
                return folder;
        return null;
    }
}

/// <summary>Skipped, visibly, where the vendors' contracts are not beside the tree.</summary>
internal sealed class NeedsContractsFactAttribute : FactAttribute
{
    public NeedsContractsFactAttribute() => Skip = Contract.Folder is null ? "the vendors' contracts are not here" : null;
}
