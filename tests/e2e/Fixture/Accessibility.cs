using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Stories.Fixture;

public static class Accessibility
{
    /// <summary>What there is to say of a mail, whose landmarks are the mail program's, and of colours in the dark.</summary>
    public const string Contrast = "color-contrast";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>axe finds nothing on the page as it stands.</summary>
    public static async Task AssertAccessibleAsync(this IPage page)
    {
        var faults = await page.AccessibilityFaultsAsync();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>
    /// What axe finds. It is brought in through the browser's debugging port, which a content security policy does not
    /// concern: the page keeps its own.
    /// </summary>
    /// <param name="rule">By this rule alone.</param>
    public static async Task<string[]> AccessibilityFaultsAsync(this IPage page, string? rule = null)
    {
        // Not by the library's own call: it opens a page beside each that it looks at, which takes four times as long.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Axe);
        // In a frame that may not run scripts (a mail's preview) axe would wait for ever; the mail is looked at by itself.
        return await page.EvaluateAsync<string[]>("""
            async rule => (await axe.run({ iframes: false, resultTypes: ["violations"], ...(rule ? { runOnly: [rule] } : {}) })).violations
                .map(v => [`${v.id} (${v.impact}): ${v.help}`, ...v.nodes.slice(0, 5).map(n => n.html)].join("\n  "))
            """, rule).WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>The same page in the other scheme, where only the colours can have changed.</summary>
    /// <param name="look">While it is dark.</param>
    public static async Task InTheDarkAsync(this IPage page, Func<Task> look)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        try
        {
            await look();
        }
        finally
        {
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }
    }
}
