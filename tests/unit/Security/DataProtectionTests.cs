using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
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

    [Fact]
    public async Task A_new_master_key_wraps_everything_and_what_was_protected_stays_readable()
    {
        using var running = Node();
        var text = Protector(running).Protect("hush");
        var (xml, file) = (await StoredAsync(), await File.ReadAllTextAsync(folder["master.key"]));

        Assert.Equal(1, await RotateAsync(running));

        Assert.NotEqual(xml, await StoredAsync());
        Assert.NotEqual(file, await File.ReadAllTextAsync(folder["master.key"]));
        Assert.Equal(file, await File.ReadAllTextAsync(folder["master.key.old"]));
        Assert.False(File.Exists(folder["master.key.new"]));
        File.Delete(folder["master.key.old"]);
        using var started = Node();
        Assert.Equal("hush", Protector(started).Unprotect(text));
        Assert.Equal("hush", Protector(running).Unprotect(Protector(started).Protect("hush")));
        // Once more, by a portal that was running all the time.
        Assert.Equal(1, await RotateAsync(running));
        using var last = Node();
        Assert.Equal("hush", Protector(last).Unprotect(text));
        // And the first key opens nothing any more.
        File.Delete(folder["master.key.old"]);
        await File.WriteAllTextAsync(folder["first.key"], file);
        using var stranger = Node("first.key");
        Assert.ThrowsAny<CryptographicException>(() => Protector(stranger).Unprotect(text));
    }

    [Fact]
    public async Task A_rotation_that_was_interrupted_loses_nothing_and_is_ended_by_the_next()
    {
        using var node = Node();
        var text = Protector(node).Protect("hush");
        var before = await File.ReadAllTextAsync(folder["master.key"]);
        Assert.Equal(1, await RotateAsync(node));
        // As if the process had been killed after the commit: the new file has not taken its place yet.
        File.Move(folder["master.key"], folder["master.key.new"]);
        File.Delete(folder["master.key.old"]);
        await File.WriteAllTextAsync(folder["master.key"], before);

        using var after = Node();
        Assert.Equal("hush", Protector(after).Unprotect(text));
        Assert.Equal(1, await RotateAsync(after));
        Assert.False(File.Exists(folder["master.key.new"]));
        File.Delete(folder["master.key.old"]);
        using var last = Node();
        Assert.Equal("hush", Protector(last).Unprotect(text));
    }

    [Fact]
    public async Task While_the_new_master_key_takes_its_place_there_is_always_one()
    {
        using var node = Node();
        Protector(node).Protect("hush");
        var key = folder["master.key"];
        using var stop = new CancellationTokenSource();
        var looking = new TaskCompletionSource();
        var looks = Task.Run(() =>
        {
            looking.SetResult();
            var (seen, missed) = (0, 0);
            while (!stop.IsCancellationRequested)
                (seen, missed) = File.Exists(key) ? (seen + 1, missed) : (seen, missed + 1);
            return (seen, missed);
        });
        await looking.Task;
        for (var i = 0; i < 20; i++)
        {
            node.GetRequiredService<MasterKey>().PrepareNext();
            node.GetRequiredService<MasterKey>().TakeNext();
        }
        await stop.CancelAsync();
        var (found, without) = await looks;
        Assert.True(found > 0);
        Assert.Equal(0, without);
    }

    private static async Task<int> RotateAsync(IServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MasterKeyRotation>().RunAsync(default);
    }

    private async Task<string?> StoredAsync()
    {
        await using var context = database.Open();
        return (await context.DataProtectionKeys.AsNoTracking().SingleAsync()).Xml;
    }

    [Fact]
    public void A_master_key_that_others_can_read_is_taken_away_from_them()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(folder["wide.key"], Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(folder["wide.key"], (UnixFileMode)0b110_100_100);
        using var node = Node("wide.key");
        Assert.Equal("hush", Protector(node).Unprotect(Protector(node).Protect("hush")));
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(folder["wide.key"]));
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
            .AddSingleton<TimeProvider>(new TestClock())
            .AddSingleton<IHostEnvironment>(new HostingEnvironment())
            .AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
            .AddPortalData(configuration)
            .AddPortalDataProtection()
            .BuildServiceProvider();
    }
}
