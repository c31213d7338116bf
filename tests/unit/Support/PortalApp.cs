using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Portal.Data;

namespace Tests.Support;

/// <summary>
/// The real app on a real database, with a clock, an internet and a log of the test's own. As a class fixture
/// (<c>IClassFixture&lt;PortalApp&gt;</c>), or for settings of a test's own: <c>await using var app = await
/// PortalApp.StartAsync(a => a.With("Join:TicketAlone", "false"))</c>.
/// </summary>
public sealed class PortalApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _settings = [];
    private readonly List<Action<IServiceCollection>> _services = [];
    private TestDatabase? _database;
    private bool _jobsRun;
    private bool _hashesForReal;
    private DatabaseEngine _engine;
    private bool _behindProxy;
    private CuttingProxy? _proxy;

    // No test changes a file of the portal's, and each watcher is one of the 128 that Linux gives a user; hosts that ended leave theirs.
    static PortalApp()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
    }

    public PortalApp() => ClientOptions.BaseAddress = new("http://portal.test");

    /// <summary>Cookies of the test's client live by it, too.</summary>
    public TestClock Clock { get; } = new();

    public TestInternet Internet { get; } = new();

    public TestLog Log { get; } = new();

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The app was not started.");

    public CuttingProxy Proxy => _proxy ?? throw new InvalidOperationException("The app is not behind a proxy.");

    public string DataFolder => _folder["data"];

    public string MailFolder => _folder["mail"];

    public static async Task<PortalApp> StartAsync(Action<PortalApp>? configure = null)
    {
        var app = new PortalApp();
        configure?.Invoke(app);
        await app.InitializeAsync();
        return app;
    }

    /// <summary>A setting, by its configuration key. Before the start.</summary>
    public PortalApp With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Replaces services. Before the start.</summary>
    public PortalApp With(Action<IServiceCollection> services)
    {
        _services.Add(services);
        return this;
    }

    /// <summary>Lets the job scheduler run, on the real clock. Before the start.</summary>
    public PortalApp WithJobs()
    {
        _jobsRun = true;
        return this;
    }

    /// <summary>
    /// Hashes passwords in as many rounds as the portal does. Without this in few: all take a fifth of a second, and a test makes
    /// several people. Before the start.
    /// </summary>
    public PortalApp WithRealHashes()
    {
        _hashesForReal = true;
        return this;
    }

    /// <summary>Uses this engine instead of PostgreSQL. Before the start.</summary>
    public PortalApp On(DatabaseEngine engine)
    {
        _engine = engine;
        return this;
    }

    /// <summary>Lets the portal reach its database through a proxy that can cut the connection. Before the start.</summary>
    public PortalApp BehindProxy()
    {
        _behindProxy = true;
        return this;
    }

    public async Task InitializeAsync()
    {
        try
        {
            _database = await TestDatabase.CreateAsync(_engine);
            _proxy = _behindProxy ? new(_database) : null;
            _ = Server; // starts it: what is wrong with the start fails the test here
        }
        catch
        {
            await DisposeAsync(); // xunit does not, after this
            throw;
        }
    }

    /// <summary>A browser that has not signed in: it keeps cookies and follows no redirect.</summary>
    public HttpClient Visitor() => CreateDefaultClient(ClientOptions.BaseAddress, new ClockCookies(Clock));

    /// <summary>Runs something of the app in a scope of its own, as a request or a job does.</summary>
    public async Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> run) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task InScopeAsync<TService>(Func<TService, Task> run) where TService : notnull =>
        InScopeAsync<TService, bool>(async service =>
        {
            await run(service);
            return true;
        });

    public Task<T> InDatabaseAsync<T>(Func<PortalDbContext, Task<T>> run) => InScopeAsync(run);

    public Task InDatabaseAsync(Func<PortalDbContext, Task> run) => InScopeAsync(run);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        _database = null;
        _folder.Dispose();
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Database:Provider", _engine.ToString());
        builder.UseSetting("ConnectionStrings:Portal", _proxy?.ConnectionString ?? Database.ConnectionString);
        builder.UseSetting("Data:Folder", DataFolder);
        builder.UseSetting("Mail:PickupFolder", MailFolder);
        builder.UseSetting("Portal:PublicUrl", "http://portal.test");
        builder.UseSetting("Portal:AllowHttp", "true");
        builder.UseSetting("RateLimits:Enabled", "false");
        builder.UseSetting("Accounts:AnswerFirst", "false");
        builder.UseSetting("Jobs:Enabled", _jobsRun ? "true" : "false");
        builder.UseSetting("Mail:AtOnce", _jobsRun ? "true" : "false");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            // As the very last action of every client, so that one with a handler of its own is caught as well.
            services.PostConfigureAll<HttpClientFactoryOptions>(o =>
                o.HttpMessageHandlerBuilderActions.Add(b => b.PrimaryHandler = Internet.Handler()));
            if (!_hashesForReal)
                services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 100);
            foreach (var configure in _services)
                configure(services);
        });
    }
}
