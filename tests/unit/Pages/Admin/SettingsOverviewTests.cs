using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Localization;
using Microsoft.Extensions.DependencyInjection;
using Portal.People;
using Portal.Settings;
using Tests.Support;

namespace Tests.Pages.Admin;

/// <summary>What is in effect and who said so.</summary>
public sealed partial class SettingsOverviewTests
{
    private const string Page = "/admin/settings";

    [Theory]
    [InlineData("en", "Default", "Not set")]
    [InlineData("ar", "القيمة الافتراضية", "غير مضبوط")]
    public async Task An_administrator_sees_every_setting_its_source_and_no_secret(string language, string isDefault, string notSet)
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Booking:MaxGuests", "7").With("Mail:Smtp:Password", "hunter2hunter2")
            .With("Observability:OtlpEndpoint", "http://me:hunter3@127.0.0.1:9/").With("Booking:MaxGusts", "8"));
        var scene = new Scene(app);
        var admin = await scene.BrowserAsync(await scene.PersonAsync("Admin", language, roles: Roles.Admin));
        var page = WebUtility.HtmlDecode(await admin.GetStringAsync(Page));
        foreach (var key in app.Services.GetServices<OptionsClass>()
            .SelectMany(c => c.Type.GetProperties().Where(p => p.CanWrite).Select(p => $"{c.Section}:{p.Name}")))
            Assert.Contains($">{key}</code>", page);
        Assert.Contains(isDefault, RowOf(page, "Booking:MaxExtension"));
        Assert.Contains(">7</code>", RowOf(page, "Booking:MaxGuests"));
        Assert.DoesNotContain(isDefault, RowOf(page, "Booking:MaxGuests"));
        Assert.Contains(notSet, RowOf(page, "Mail:Smtp:OAuthToken"));
        Assert.DoesNotContain(notSet, RowOf(page, "Mail:Smtp:Password"));
        Assert.DoesNotContain("hunter", page);
        Assert.DoesNotContain(app.Database.ConnectionString, page);
        Assert.Contains("data-unknown=\"Booking:MaxGusts\"", page);
        Assert.Single(Unknown().Matches(page));
        Assert.True(page.Length < 80_000, $"{page.Length} characters.");
    }

    [Fact]
    public async Task Nobody_else_sees_it()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        using var seen = await (await scene.BrowserAsync(await scene.MentorAsync())).GetAsync(Page);
        Assert.StartsWith("/account/access-denied", seen.Headers.Location?.OriginalString);
        using var visitor = await app.Visitor().GetAsync(Page);
        Assert.StartsWith("/account/sign-in", visitor.Headers.Location?.OriginalString);
    }

    /// <summary>The classes that the example file is held to are those that the page knows.</summary>
    [Fact]
    public async Task Every_class_of_settings_is_registered_and_what_sounds_secret_is_marked_so()
    {
        await using var app = await PortalApp.StartAsync();
        var shown = app.Services.GetServices<OptionsClass>().ToList();
        var ours = typeof(PortalOptions).Assembly.GetTypes().Where(t => t.IsPublic && t.Name.EndsWith("Options", StringComparison.Ordinal)
            && t.GetField("Section")?.GetRawConstantValue() is string);
        Assert.Equal(ours.Select(t => t.Name).Order(), shown.Select(c => c.Type.Name).Order());
        Assert.Empty(shown.SelectMany(c => c.Type.GetProperties()).Where(p => p.PropertyType == typeof(string)
            && SoundsSecret().IsMatch(p.Name) && !SettingsOverview.IsSecret(p)).Select(p => p.Name));
    }

    private static string RowOf(string page, string key)
    {
        var at = page.IndexOf($">{key}</code>", StringComparison.Ordinal);
        return page[at..page.IndexOf("</tr>", at, StringComparison.Ordinal)];
    }

    [GeneratedRegex("data-unknown=")]
    private static partial Regex Unknown();

    [GeneratedRegex("Password|Secret(?!s)|Token|Key$")]
    private static partial Regex SoundsSecret();
}
