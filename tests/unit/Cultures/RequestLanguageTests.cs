using System.Net;
using Tests.People;
using Tests.Support;

namespace Tests.Cultures;

public class RequestLanguageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Arabic = "<html lang=\"ar\" dir=\"rtl\">";
    private const string English = "<html lang=\"en\" dir=\"ltr\">";

    [Theory]
    [InlineData("ar", Arabic)]
    [InlineData("ar-SA", Arabic)]
    [InlineData("AR-eg,en;q=0.5", Arabic)]
    [InlineData("fr,ar;q=0.8,en;q=0.5", Arabic)]
    [InlineData("en-GB,ar;q=0.5", English)]
    [InlineData("ar;q=0,en", English)]
    [InlineData("ar;q=0", English)]
    [InlineData("fr", English)]
    [InlineData("!!", English)]
    [InlineData("qps-ploc", English)]
    public async Task A_visitor_is_answered_in_the_language_of_the_browser(string asked, string html) =>
        Assert.Contains(html, await PageAsync(app.Visitor(), asked));

    [Fact]
    public async Task An_account_speaks_its_own_language_whatever_the_browser_asks_for()
    {
        var person = await app.AddPersonAsync(language: "ar");
        Assert.Contains(Arabic, await PageAsync(await app.SignedInAsync(person), "en", "/account/profile"));
    }

    [Fact]
    public async Task The_switch_outlasts_the_browser_and_the_account()
    {
        var client = await app.SignedInAsync(await app.AddPersonAsync(language: "en"));

        using var answer = await SwitchAsync(client, "ar", "/account/profile?from=here");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/account/profile?from=here", answer.Headers.Location!.OriginalString);
        Assert.Contains(Arabic, await PageAsync(client, "en", "/account/profile"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("/مجلس")]
    [InlineData("")]
    public async Task The_switch_leads_nowhere_else(string address)
    {
        using var answer = await SwitchAsync(app.Visitor(), "ar", address);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("qps-ploc")]
    [InlineData("")]
    public async Task The_switch_knows_the_languages_that_there_are(string language)
    {
        using var answer = await SwitchAsync(app.Visitor(), language, "/");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [],
            c => c.StartsWith("language=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_switch_takes_nothing_from_other_sites_and_nothing_by_GET()
    {
        var client = app.Visitor();
        using var forged = await client.PostAsync("/language", new FormUrlEncodedContent([new("language", "ar"), new("returnUrl", "/")]));
        using var json = await client.PostAsync("/language", new StringContent("{}", null, "application/json"));
        using var get = await client.GetAsync("/language?language=ar");

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.False(get.Headers.Contains("Set-Cookie"));
        Assert.Contains(English, await PageAsync(client, "en"));
    }

    private static async Task<string> PageAsync(HttpClient client, string asked, string page = "/account/sign-in")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.TryAddWithoutValidation("Accept-Language", asked);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> SwitchAsync(HttpClient client, string language, string returnUrl)
    {
        var token = await client.TokenAsync("/account/sign-in");
        return await client.PostAsync("/language", new FormUrlEncodedContent([new("__RequestVerificationToken", token),
            new("language", language), new("returnUrl", returnUrl)]));
    }
}
