using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal;
using Portal.Security;
using Portal.Settings;
using Tests.Support;

namespace Tests.Security;

public sealed class LoopbackOnlyTests
{
    [Theory]
    [InlineData("Development", "0.0.0.0", false, false)]
    [InlineData("Development", "::", false, false)]
    [InlineData("Development", "0.0.0.0", true, true)]
    [InlineData("Development", "127.0.0.1", false, true)]
    [InlineData("Development", "::1", false, true)]
    [InlineData("Production", "0.0.0.0", false, true)]
    public async Task Development_listens_to_other_machines_only_when_told_twice(
        string environment, string address, bool told, bool listens)
    {
        var guard = new LoopbackOnly(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance,
            Options.Create(new PortalOptions { OpenDevelopment = told }), new HostingEnvironment { EnvironmentName = environment });
        var binding = async () =>
        {
            var listener = await guard.BindAsync(new IPEndPoint(IPAddress.Parse(address), 0));
            await listener.DisposeAsync();
        };
        if (listens)
            await binding();
        else
            Assert.Contains("Portal:OpenDevelopment", (await Assert.ThrowsAsync<StartupException>(binding)).Message);
    }

    [Theory]
    [InlineData("--http_ports=0")]
    [InlineData("--Kestrel:Endpoints:A:Url=http://0.0.0.0:0")]
    [Trait("Speed", "slow")]
    public Task Other_ways_to_give_an_address_end_the_start_likewise(string setting) =>
        Whichever_way_the_address_is_given_the_start_ends_with_one_sentence(setting);

    [Theory]
    [InlineData("--urls=http://*:0")]
    public async Task Whichever_way_the_address_is_given_the_start_ends_with_one_sentence(string setting)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new TempFolder();
        using var portal = PortalProcess.Start(database.Engine, database.ConnectionString, folder.Path, "--environment=Development", setting);
        var (code, output, errors) = await portal.EndAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(1, code);
        Assert.StartsWith("Development, with its demo accounts, does not listen on", errors);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", output);
    }
}
