namespace Plugins.Manual;

/// <summary>The parameters of an address, behind ? and behind #: some tools read either.</summary>
internal sealed class Query
{
    private readonly List<(string Name, string Text)> search;
    private readonly List<(string Name, string Text)> all;

    private Query(Uri uri)
    {
        search = [.. Parts(uri.Query)];
        all = [.. search, .. Parts(uri.Fragment)];
    }

    public static Query Of(Uri uri) => new(uri);

    public bool Has(string name) => all.Any(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    public string Only(string[] names)
    {
        var kept = search.Where(p => names.Contains(p.Name)).Select(p => p.Text).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static IEnumerable<(string, string)> Parts(string text) => text
        .Split(['?', '#', '&', ';'], StringSplitOptions.RemoveEmptyEntries)
        .Select(part => (Uri.UnescapeDataString(part.Split('=')[0]).Trim(), part));
}
