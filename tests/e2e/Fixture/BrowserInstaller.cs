namespace Stories.Fixture;

/// <summary>`Portal.Stories.dll install --with-deps chromium`, where the system has no browser of its own to install.</summary>
public static class BrowserInstaller
{
    public static int Main(string[] args) => Microsoft.Playwright.Program.Main(args);
}
