using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Stories.Fixture;

/// <summary>One portal, one browser and one outside for many stories, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StoryFixture : IAsyncLifetime, ICollectionFixture<StoryFixture>
{
    public const string Name = "stories";

    /// <summary>A portal that runs elsewhere is one for all, and stories change what its people have set.</summary>
    private static readonly SemaphoreSlim Elsewhere = new(1);

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private RunningPortal? _portal;
    private StoryServer? _server;
    private Outside? _outside;

    public RunningPortal Portal => _portal!;

    public Outside Outside => _outside!;

    /// <summary>Of the portals that stories start beside this one.</summary>
    public StoryServer Server => _server!;

    public async Task InitializeAsync()
    {
        if (RunningPortal.IsElsewhere)
            await Elsewhere.WaitAsync();
        _outside = await Outside.StartAsync();
        _server = await StoryServer.StartAsync();
        _portal = await RunningPortal.StartAsync(_server);
        _playwright = await Playwright.CreateAsync();
        // Nothing waits this long where it works; a busy machine may.
        Assertions.SetDefaultExpectTimeout(20_000);
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            // Playwright's own browser where the system has none.
            ExecutablePath = ((string[])["/usr/bin/chromium", "/usr/bin/google-chrome-stable"]).FirstOrDefault(File.Exists),
            Args =
            [
                "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
                // A camera with a moving picture and a microphone that beeps, allowed without a question.
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                $"--host-resolver-rules=MAP * 127.0.0.1:{_outside.Port}, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE {Portal.Address.Host}",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_portal is not null)
            await _portal.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_outside is not null)
            await _outside.DisposeAsync();
        if (RunningPortal.IsElsewhere)
            Elsewhere.Release();
    }

    /// <summary>
    /// Runs a story in a browser window of its own that asks for the language. The story fails as well when a page's
    /// script failed or the page broke its own content security policy. A failure leaves a picture in artifacts/.
    /// </summary>
    public async Task TellAsync(
        string language, Func<IPage, Task> story, RunningPortal? portal = null, [CallerMemberName] string name = "",
        [CallerFilePath] string file = "")
    {
        await using var context = await NewContextAsync(language, portal: portal);
        var page = await context.NewPageAsync();
        try
        {
            await story(page);
            Assert.Empty(context.Complaints);
        }
        catch
        {
            var folder = Path.Combine(Root(), "artifacts", "stories", $"{Path.GetFileNameWithoutExtension(file)}.{name}.{language}");
            foreach (var (open, number) in context.Pages.Select((p, i) => (p, i + 1)))
                await open.ScreenshotAsync(new() { Path = $"{folder}.{number}.png", FullPage = true });
            throw;
        }
    }

    /// <summary>One more person in a story, with cookies of their own.</summary>
    public async Task<StoryContext> NewContextAsync(string language, bool javaScript = true, RunningPortal? portal = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (portal ?? Portal).Address.ToString(),
            Locale = language == "ar" ? "ar" : "en-GB",
            TimezoneId = language == "ar" ? "Asia/Riyadh" : "Europe/London",
            ViewportSize = new() { Width = 1280, Height = 800 },
            JavaScriptEnabled = javaScript,
            // Only of the outside: its certificate is made up.
            IgnoreHTTPSErrors = true,
            ReducedMotion = ReducedMotion.Reduce,
        });
        // The first pages of two portals are compiled while two browsers start: that takes what it takes.
        context.SetDefaultTimeout(90_000);
        return new(context);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}

/// <summary>Stories that are told beside the others, with a portal and a browser of their own: half of each is waiting.</summary>
[CollectionDefinition(Name)]
public sealed class StoriesBeside : ICollectionFixture<StoryFixture>
{
    public const string Name = "stories beside";
}

/// <summary>A browser window, and what its pages complained about.</summary>
public sealed class StoryContext : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    internal StoryContext(IBrowserContext context)
    {
        _context = context;
        context.WebError += (_, error) => _complaints.Enqueue(error.Error);
        // A page may well answer 410, and a story cut the line; what it may not do is fail in its own script or against its own policy.
        context.Console += (_, message) =>
        {
            if (message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal)
                && !message.Text.Contains("net::ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal))
                _complaints.Enqueue($"{message.Page?.Url}: {message.Text}");
        };
    }

    public IReadOnlyCollection<string> Complaints => _complaints;

    public IReadOnlyList<IPage> Pages => _context.Pages;

    public IBrowserContext Browser => _context;

    public Task<IPage> NewPageAsync() => _context.NewPageAsync();

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
