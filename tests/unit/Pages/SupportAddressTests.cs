using System.ComponentModel.DataAnnotations;
using System.Net;
using Portal.Settings;
using Tests.Support;

namespace Tests.Pages;

/// <summary>
/// Where help is found is said on every page and every error page; where there is nobody to write to, no text sends people there.
/// </summary>
public class SupportAddressTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("help@portal.example", true)]
    [InlineData("https://portal.example/help", true)]
    [InlineData("http://portal.example/help", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://", false)]
    [InlineData("https://me:secret@portal.example", false)]
    [InlineData("help", false)]
    [InlineData("Help <help@portal.example>", false)]
    [InlineData("help@portal.example, other@portal.example", false)]
    public void It_is_an_email_address_or_an_https_address(string address, bool fits)
    {
        var options = new PortalOptions { SupportAddress = address };
        Assert.Equal(fits, Validator.TryValidateObject(options, new(options), null, validateAllProperties: true));
    }

    [Theory]
    [InlineData("help@portal.example", "mailto:help@portal.example")]
    [InlineData("https://portal.example/help", "https://portal.example/help")]
    public async Task Pages_and_error_pages_lead_to_it(string address, string link)
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Portal:SupportAddress", address));
        var visitor = app.Visitor();
        Assert.Contains($"href=\"{link}\"", await PageAsync(visitor, "/"));
        foreach (var status in new[] { 403, 500 })
            Assert.Contains($">{address}<", await PageAsync(visitor, $"/error/{status}"));
    }

    [Fact]
    public async Task Without_it_no_page_speaks_of_it()
    {
        await using var app = await PortalApp.StartAsync();
        foreach (var path in new[] { "/", "/error/403", "/error/500" })
        {
            var page = await PageAsync(app.Visitor(), path);
            Assert.DoesNotContain("id=\"support\"", page);
            Assert.DoesNotContain("contact us", page);
            Assert.DoesNotContain("send us", page);
        }
    }

    private static async Task<string> PageAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
