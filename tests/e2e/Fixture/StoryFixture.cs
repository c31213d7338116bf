using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Stories.Fixture;

/// <summary>One portal, one browser and one outside for all stories, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StoryFixture : IAsyncLifetime, ICollectionFixture<StoryFixture>
{
    public const string Name = "stories";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private RunningPortal? _portal;
    private Outside? _outside;

    public RunningPortal Portal => _portal!;

    public Outside Outside => _outside!;

    public async Task InitializeAsync()
    {
        _outside = await Outside.StartAsync();
        _portal = await RunningPortal.StartAsync();
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
        if (_outside is not null)
            await _outside.DisposeAsync();
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

/// <summary>A browser window, and what its pages complained about.</summary>
public sealed class StoryContext : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    internal StoryContext(IBrowserContext context)
    {
        _context = context;
        context.WebError += (_, error) => _complaints.Enqueue(error.Error);
        // A page may well answer 410; what it may not do is fail in its own script or against its own policy.
        context.Console += (_, message) =>
        {
            if (message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal))
                _complaints.Enqueue($"{message.Page?.Url}: {message.Text}");
        };
    }

    public IReadOnlyCollection<string> Complaints => _complaints;

    public IReadOnlyList<IPage> Pages => _context.Pages;

    public IBrowserContext Browser => _context;

    public Task<IPage> NewPageAsync() => _context.NewPageAsync();

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
