using System.Text.Json;

namespace Tests.Providers;

public class KnowledgeTests
{
    [Fact]
    public void The_portal_references_no_plugin()
    {
        // What else lies beside them are libraries, which the portal may use as well.
        var plugins = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "providers"), "plugin.json", SearchOption.AllDirectories)
            .Select(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.GetProperty("assembly").GetString()!)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.Contains("Jitsi", plugins);
        Assert.DoesNotContain(typeof(Portal.PortalBuilder).Assembly.GetReferencedAssemblies(), a => plugins.Contains(a.Name));
    }

    [Fact]
    public void The_contract_needs_only_the_framework_and_logging() =>
        Assert.All(
            typeof(global::Providers.IMeetingProvider).Assembly.GetReferencedAssemblies(),
            a => Assert.Matches(@"^(System\..*|Microsoft\.Extensions\.Logging\.Abstractions)$", a.Name));
}
