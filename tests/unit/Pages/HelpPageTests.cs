using System.Net;
using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Pages;

public sealed class HelpPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory, InlineData("en", "Joining a session"), InlineData("ar", "الانضمام إلى جلسة")]
    public async Task Anybody_reads_it_in_both_languages_and_every_entry_leads_somewhere(string language, string title)
    {
        var browser = app.Visitor();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/help"));
        Assert.Contains(title, page);
        Assert.DoesNotMatch(">Help[A-Z]", page);
        var links = Regex.Matches(page, "href=\"#([a-z]+)\"").Select(m => m.Groups[1].Value).Where(id => id != "main").ToList();
        Assert.Equal(9, links.Count);
        Assert.All(links, id => Assert.Contains($"<h2 id=\"{id}\"", page));
    }
}
