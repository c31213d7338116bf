using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Data;
using Portal.Security;
using Tests.Support;

namespace Tests.Security;

/// <summary>The key ring that all nodes share: in the database, wrapped by a master key that is not.</summary>
public sealed class DataProtectionTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly LogLines log = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync()
    {
        folder.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public void What_one_node_protects_another_one_reads()
    {
        using var first = Node();
        using var second = Node();
        var text = Protector(first).Protect("hush");

        Assert.Equal("hush", Protector(second).Unprotect(text));
        Assert.Equal("hush", Protector(first).Unprotect(Protector(second).Protect("hush")));
    }

    [Fact]
    public void The_keys_are_of_no_use_without_the_master_key()
    {
        using var node = Node();
        using var stranger = Node("another.key");
        var text = Protector(node).Protect("hush");

        Assert.ThrowsAny<CryptographicException>(() => Protector(stranger).Unprotect(text));
    }

    [Fact]
    public async Task No_key_stands_in_the_database_or_in_the_log_as_it_is()
    {
        using (var writes = Node())
            Protector(writes).Protect("hush");
        using (var reads = Node())
            Protector(reads).Protect("hush");

        await using var context = database.Open();
        var stored = await context.DataProtectionKeys.SingleAsync();
        Assert.StartsWith("key-", stored.FriendlyName);
        Assert.Contains("<wrapped", stored.Xml);
        Assert.DoesNotContain("masterKey", stored.Xml);
        Assert.DoesNotContain("<value>", stored.Xml);
        Assert.Contains("key ring", log.Text); // it does keep what is logged at Debug
        Assert.DoesNotContain("<wrapped", log.Text);
    }

    private static IDataProtector Protector(IServiceProvider node) =>
        node.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private ServiceProvider Node(string masterKey = "master.key")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = database.ConnectionString,
            ["Data:Folder"] = folder.Path,
            ["Secrets:MasterKeyFile"] = folder[masterKey],
        }).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
            .AddPortalData(configuration)
            .AddPortalDataProtection()
            .BuildServiceProvider();
    }
}
