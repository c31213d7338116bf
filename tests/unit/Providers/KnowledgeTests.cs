namespace Tests.Providers;

public class KnowledgeTests
{
    [Fact]
    public void The_portal_references_no_plugin()
    {
        var plugins = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "providers"))
            .SelectMany(f => Directory.GetFiles(f, "*.dll")).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.Contains("Jitsi", plugins);
        Assert.DoesNotContain(typeof(Portal.PortalBuilder).Assembly.GetReferencedAssemblies(), a => plugins.Contains(a.Name));
    }

    [Fact]
    public void The_contract_needs_only_the_framework_and_logging() =>
        Assert.All(
            typeof(global::Providers.IMeetingProvider).Assembly.GetReferencedAssemblies(),
            a => Assert.Matches(@"^(System\..*|Microsoft\.Extensions\.Logging\.Abstractions)$", a.Name));
}
