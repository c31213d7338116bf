using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stories.Fixture;

/// <summary>
/// The portal that the stories visit: the real app on real Kestrel with a database and demo data of its own, or, with
/// PORTAL_URL, one that runs elsewhere (its pickup folder then in PORTAL_MAIL_FOLDER).
/// </summary>
public sealed class RunningPortal : IAsyncDisposable
{
    private readonly App? _app;
    private readonly DirectoryInfo? _folder;
    private readonly Func<Task>? _dropDatabase;

    private RunningPortal(
        Uri address, string? mailFolder, App? app = null, DirectoryInfo? folder = null, Func<Task>? dropDatabase = null) =>
        (Address, MailFolder, _app, _folder, _dropDatabase) = (address, mailFolder, app, folder, dropDatabase);

    public Uri Address { get; }

    /// <summary>Where the mails are, one .eml file each; null when the portal runs elsewhere and nobody said.</summary>
    public string? MailFolder { get; }

    /// <summary>The app's services; null when it runs elsewhere.</summary>
    public IServiceProvider? Services => _app?.Services;

    public static bool IsElsewhere => Url is { Length: > 0 };

    private static string? Url => Environment.GetEnvironmentVariable("PORTAL_URL");

    public static async Task<RunningPortal> StartAsync(StoryServer server) => IsElsewhere
        ? new(new(Url!), Environment.GetEnvironmentVariable("PORTAL_MAIL_FOLDER"))
        : await StartOwnAsync(server, []);

    /// <summary>One with settings of its own, beside the others.</summary>
    /// <param name="server">Where its database is made.</param>
    /// <param name="more">Settings.</param>
    /// <param name="clock">For a story in which time passes.</param>
    public static async Task<RunningPortal> StartOwnAsync(
        StoryServer server, Dictionary<string, string> more, StoryClock? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("majlis-stories-");
        var database = await server.CreateDatabaseAsync();
        var mailFolder = folder.CreateSubdirectory("mail").FullName;
        var app = new App(new(more)
        {
            ["ConnectionStrings:Portal"] = database.Portal,
            ["ConnectionStrings:Migrations"] = database.Owner,
            ["Data:Folder"] = folder.FullName,
            ["Mail:PickupFolder"] = mailFolder,
            ["RateLimits:Enabled"] = "false",
        }, clock ?? new StoryClock());
        app.UseKestrel(0);
        app.StartServer();
        // StartServer has put the bound address there; "localhost" is what cookies and the portal's own links say.
        var address = new UriBuilder(app.ClientOptions.BaseAddress) { Host = "localhost" }.Uri;
        return new(address, mailFolder, app, folder, () => server.DropDatabaseAsync(database.Owner));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_dropDatabase is not null)
            await _dropDatabase();
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
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)
                // All rounds take a fifth of a second for each sign-in.
                .PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 100));
        }
    }
}
