using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Stories.Fixture;

public static class Accessibility
{
    /// <summary>
    /// axe finds nothing on the page as it stands. It is brought in through the browser's debugging port, which a
    /// content security policy does not concern: the page keeps its own.
    /// </summary>
    /// <param name="rule">This rule alone: a colour scheme changes nothing but the colours.</param>
    public static async Task AssertAccessibleAsync(this IPage page, string? rule = null)
    {
        // In a frame that may not run scripts (a mail's preview) axe would wait for ever; the mail is looked at by itself.
        var result = await page.RunAxe(new AxeRunOptions { Iframes = false, RunOnly = rule is null ? null : RunOnlyOptions.Rules(rule) }).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(v =>
            $"{v.Id} ({v.Impact}): {v.Help}\n  " + string.Join("\n  ", v.Nodes.Take(5).Select(n => n.Html)))));
    }
}
