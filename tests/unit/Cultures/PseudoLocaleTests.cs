using System.Net;
using System.Text.RegularExpressions;
using Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Cultures;
using Tests.People;
using Tests.Support;

namespace Tests.Cultures;

/// <summary>Pages drawn in the pseudo-locale: letters outside of brackets were written into the code.</summary>
public partial class PseudoLocaleTests : IAsyncLifetime
{
    private PortalApp _app = null!;

    public async Task InitializeAsync() => _app = await PortalApp.StartAsync(a => a.With("Portal:PseudoLocale", "true"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/error/500")]
    [InlineData("/account/sign-in")]
    [InlineData("/account/sign-up")]
    public async Task No_text_of_a_visitors_page_escaped_the_resources(string page) =>
        Assert.Empty(await EscapedAsync(_app.Visitor(), page));

    [Fact]
    public async Task No_text_of_a_signed_in_persons_pages_escaped_the_resources()
    {
        var client = await _app.SignedInAsync(await _app.AddPersonAsync());
        foreach (var page in new[] { "/sessions", "/mentors", "/account/profile" })
            Assert.Empty(await EscapedAsync(client, page));
    }

    [Fact]
    public void A_text_that_is_looked_up_by_name_stands_in_brackets_as_well()
    {
        using var pseudo = new Language(PseudoLocale.Culture.Name);
        Assert.Equal(UiText.JobOutbox, _app.Services.GetRequiredService<IStringLocalizer<UiText>>()[nameof(UiText.JobOutbox)]);
        Assert.Equal(PseudoLocale.Start, UiText.JobOutbox[0]);
    }

    [Fact]
    public void A_text_of_the_code_would_be_found() =>
        Assert.Equal(["Hello", "there"],
            Escaped("<p>Hello</p><p>\u27e6Good \u27e6day\u27e7\u27e7</p><a title=\"there\">\u27e6x\u27e7</a>"));

    [Fact]
    public async Task Without_the_setting_there_is_no_such_language()
    {
        await using var app = await PortalApp.StartAsync();
        var html = await PageAsync(app.Visitor(), "/account/sign-in");
        Assert.DoesNotContain(PseudoLocale.Start, html);
    }

    private static async Task<List<string>> EscapedAsync(HttpClient client, string page)
    {
        var html = await PageAsync(client, page);
        Assert.Contains(PseudoLocale.Start, html);
        return Escaped(html);
    }

    private static async Task<string> PageAsync(HttpClient client, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.TryAddWithoutValidation("Accept-Language", "qps-ploc");
        using var answer = await client.SendAsync(request);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static List<string> Escaped(string html)
    {
        // What people and administrators named: names and their letters, addresses, codes, the list of zones, the product.
        html = Data().Replace(html, "").Replace("Majlis", "", StringComparison.Ordinal);
        var texts = Spoken().Matches(html).Select(m => m.Groups[1].Value);
        html = Tag().Replace(html, "\n");
        while (Bracketed().IsMatch(html))
            html = Bracketed().Replace(html, "");
        return [.. html.Split('\n').Concat(texts.Select(t => Bracketed().Replace(Bracketed().Replace(t, ""), "")))
            .Select(t => t.Trim()).Where(t => t.Any(char.IsLetter))];
    }

    [GeneratedRegex("<!doctype html>|<span class=\"avatar[^>]*>[^<]*</span>|<(bdi|code|select|option|script|style)\\b.*?</\\1>",
        RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")]
    private static partial Regex Spoken();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\u27e6[^\u27e6\u27e7]*\u27e7")]
    private static partial Regex Bracketed();
}
