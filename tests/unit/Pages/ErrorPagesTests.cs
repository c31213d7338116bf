using System.Net;
using Tests.People;
using Tests.Support;

namespace Tests.Pages;

public class ErrorPagesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/mentors/not-a-guid")]
    [InlineData("/error/999")]
    [InlineData("/error/0")]
    public async Task What_does_not_exist_is_told_calmly(string address)
    {
        using var answer = await app.Visitor().GetAsync(address);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("data-status=\"404\"", html);
        Assert.Contains("href=\"/mentors\"", html);
    }

    [Theory]
    [InlineData(400), InlineData(401), InlineData(403), InlineData(404), InlineData(405), InlineData(409)]
    [InlineData(410), InlineData(413), InlineData(422), InlineData(429), InlineData(500), InlineData(503)]
    public async Task Each_status_has_words_of_its_own_in_Arabic_too(int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/error/{status}");
        request.Headers.Add("Accept-Language", "ar");
        using var answer = await app.Visitor().SendAsync(request);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains($"data-status=\"{status}\"", html);
        Assert.Contains("dir=\"rtl\"", html);
        Assert.Contains(global::Localization.ErrorText.ResourceManager.GetString($"Page{status}Title", new("ar"))!, html);
    }

    [Fact]
    public async Task A_refused_form_answers_400_with_a_page_whatever_its_method()
    {
        using var answer = await app.Visitor().PostAsync("/account/sign-in", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("data-status=\"400\"", html);
        Assert.Contains("href=\"/account/sign-in\"", html);
        Assert.Contains("name=\"returnUrl\" value=\"/account/sign-in\"", html);
    }

    [Fact]
    public async Task Programs_get_a_problem_instead_of_a_page()
    {
        using var answer = await app.Visitor().GetAsync("/api/v1/no-such-thing");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_start_page_greets_visitors_and_leads_people_on()
    {
        var visitor = await app.Visitor().GetStringAsync("/");
        Assert.Contains("href=\"/account/sign-up\"", visitor);

        using var answer = await (await app.SignedInAsync(await app.AddPersonAsync())).GetAsync("/");
        Assert.Equal("/sessions", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Pages_need_no_script_or_style_of_their_own()
    {
        foreach (var page in new[] { "/", "/account/sign-in", "/account/sign-up", "/no-such-page" })
        {
            using var answer = await app.Visitor().GetAsync(page);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotMatch("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*\\ssrc=)", html);
        }
    }
}
