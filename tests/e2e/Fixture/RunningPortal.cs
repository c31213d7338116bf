using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Data;

namespace Stories.Fixture;

/// <summary>
/// The portal that the stories visit: the real app on real Kestrel with a database and demo data of its own, or, with
/// PORTAL_URL, one that runs elsewhere (its pickup folder then in PORTAL_MAIL_FOLDER).
/// </summary>
public sealed class RunningPortal : IAsyncDisposable
{
    private readonly App? _app;
    private readonly LocalPostgres? _postgres;
    private readonly DirectoryInfo? _folder;

    private RunningPortal(Uri address, string? mailFolder, App? app = null, LocalPostgres? postgres = null, DirectoryInfo? folder = null) =>
        (Address, MailFolder, _app, _postgres, _folder) = (address, mailFolder, app, postgres, folder);

    public Uri Address { get; }

    /// <summary>Where the mails are, one .eml file each; null when the portal runs elsewhere and nobody said.</summary>
    public string? MailFolder { get; }

    /// <summary>The app's services; null when it runs elsewhere.</summary>
    public IServiceProvider? Services => _app?.Services;

    public static async Task<RunningPortal> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("PORTAL_URL") is { Length: > 0 } url)
            return new(new(url), Environment.GetEnvironmentVariable("PORTAL_MAIL_FOLDER"));
        return await StartOwnAsync([]);
    }

    /// <summary>One with settings of its own, beside the others.</summary>
    /// <param name="more">Settings.</param>
    /// <param name="clock">For a story in which time passes.</param>
    public static async Task<RunningPortal> StartOwnAsync(Dictionary<string, string> more, StoryClock? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("majlis-stories-");
        var postgres = await LocalPostgres.StartAsync(folder.FullName, durable: false);
        var mailFolder = folder.CreateSubdirectory("mail").FullName;
        var app = new App(new(more)
        {
            ["ConnectionStrings:Portal"] = postgres.ConnectionString,
            ["ConnectionStrings:Migrations"] = postgres.OwnerConnectionString,
            ["Data:Folder"] = folder.FullName,
            ["Mail:PickupFolder"] = mailFolder,
            ["RateLimits:Enabled"] = "false",
        }, clock ?? new StoryClock());
        app.UseKestrel(0);
        app.StartServer();
        // StartServer has put the bound address there; "localhost" is what cookies and the portal's own links say.
        var address = new UriBuilder(app.ClientOptions.BaseAddress) { Host = "localhost" }.Uri;
        return new(address, mailFolder, app, postgres, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _folder?.Delete(recursive: true);
    }

    private sealed class App(Dictionary<string, string> settings, StoryClock clock) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock));
        }
    }
}
