using Tests.Support;

namespace Tests.Pages;

/// <summary>What travels compressed, and what browsers may keep.</summary>
public sealed class DeliveryTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static async Task<string?> EncodingOfAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip");
        using var answer = await client.SendAsync(request);
        return answer.Content.Headers.ContentEncoding.SingleOrDefault();
    }

    [Theory]
    [InlineData("/", "br")]
    [InlineData("/mentors", "br")]
    [InlineData("/account/sign-in", "br")]
    [InlineData("/site.css", "br")]
    [InlineData("/js/site.js", "br")]
    [InlineData("/icons.svg", "br")]
    [InlineData("/meeting/0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d", null)]
    public async Task What_anybody_may_see_is_compressed(string path, string? encoding) =>
        Assert.Equal(encoding, await EncodingOfAsync(app.Visitor(), path));

    [Fact]
    public async Task The_length_of_a_signed_in_persons_page_tells_nobody_what_stands_in_it()
    {
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        Assert.Null(await EncodingOfAsync(browser, "/mentors?q=guess"));
        Assert.Null(await EncodingOfAsync(browser, "/account/calendar"));
    }

    [Fact]
    public async Task A_file_is_kept_for_ever_where_its_address_changes_with_it()
    {
        using var versioned = await app.Visitor().GetAsync("/site.css?v=abc");
        Assert.Equal("public, max-age=31536000, immutable", versioned.Headers.CacheControl?.ToString());
        using var plain = await app.Visitor().GetAsync("/site.css");
        Assert.Null(plain.Headers.CacheControl);
    }

    [Fact]
    public async Task Pages_say_what_they_are_and_private_ones_keep_out_of_search_engines()
    {
        var (visitor, member) = (app.Visitor(), await _scene.BrowserAsync(await _scene.PersonAsync()));
        foreach (var page in new[] { "/", "/mentors", "/account/sign-in" })
        {
            var text = await visitor.GetStringAsync(page);
            Assert.Matches("<meta name=\"description\" content=\"[^\"]{20,}\">", text);
            Assert.Contains("property=\"og:title\"", text);
            Assert.DoesNotContain("noindex", text);
            Assert.Single(System.Text.RegularExpressions.Regex.Matches(text, "rel=\"stylesheet\""));
        }
        Assert.Contains("content=\"noindex\"", await member.GetStringAsync("/sessions"));
    }
}
