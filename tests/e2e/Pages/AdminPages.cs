using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stories.Pages;

public sealed class AdminMailPage(IPage page)
{
    public const string Path = "/admin/mail";

    private ILocator Links => page.Locator("[data-id^='mail-']");

    public Task OpenAsync(string search) => page.GotoAsync($"{Path}?q={Uri.EscapeDataString(search)}");

    public async Task<IReadOnlyList<string>> SubjectsAsync() => await Links.AllInnerTextsAsync();

    public async Task ShowAsync(string subject)
    {
        await Links.Filter(new() { HasText = subject }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/mail/[0-9a-f]"));
    }

    /// <summary>The mail itself, in its frame.</summary>
    public IFrameLocator Preview => page.FrameLocator(".mail-preview iframe");
}

public sealed class AdminPeoplePage(IPage page)
{
    public const string Path = "/admin/people";

    public IPage Page => page;

    private ILocator Row(string email) => page.Locator("tr[data-id]").Filter(new() { HasText = email });

    public Task OpenAsync(string search) => page.GotoAsync($"{Path}?q={Uri.EscapeDataString(search)}");

    private ILocator Form(string role) => page.Locator($"details:has([data-id='role-{role}'])");

    /// <summary>Opens the person's page, and the question that stands before every change of a role.</summary>
    public async Task SetAsync(string email, string role, bool granted)
    {
        await OpenAsync(email);
        await Row(email).Locator("a").ClickAsync();
        var form = Form(role);
        await form.Locator("summary").ClickAsync();
        Assert.Equal(granted ? "true" : "false", await form.Locator("[name='granted']").GetAttributeAsync("value"));
        await form.Locator("button").ClickAsync();
        await Expect(form.Locator("[name='granted']")).ToHaveAttributeAsync("value", granted ? "false" : "true");
    }

    public async Task<bool> HasAsync(string role) =>
        await Form(role).Locator("[name='granted']").GetAttributeAsync("value") == "false";
}
