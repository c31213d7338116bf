using System.Net;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.People;
using Portal.People.Profile;
using Tests.Support;

namespace Tests.Security;

/// <summary>A few bytes of a stranger's cost the portal a few bytes, and no more.</summary>
public sealed class AmplificationTests(PortalApp app) : IClassFixture<PortalApp>
{
    /// <summary>One letter that is eighteen in its plain spelling.</summary>
    private const char Blessing = '\uFDFA';

    [Fact]
    public void A_password_that_nobody_can_have_is_not_even_spelled_out()
    {
        var hasher = new PortalPasswordHasher(Options.Create(new PasswordHasherOptions { IterationCount = 1 }));
        var person = new PortalUser();
        var hash = hasher.HashPassword(person, "correct horse");
        var typed = new string(Blessing, 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(person, hash, typed));
        Assert.NotNull(PasswordRules.Wrong(typed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public async Task A_stranger_cannot_send_a_form_of_megabytes()
    {
        var browser = app.Visitor();
        var token = await Forms.TokenAsync(browser, "/account/sign-in");
        using var answer = await browser.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token,
            ["Email"] = "somebody@people.example",
            ["Password"] = new string('x', 1_000_000),
        }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_mentee_cannot_have_a_million_guests_judged_one_by_one()
    {
        var scene = new Scene(app);
        var program = await scene.ProgramAsync(await scene.PersonAsync());
        var guests = string.Join(',', Enumerable.Repeat("""{"role":"x"}""", 50_000));
        var body = $$"""{"mentorId":"{{Guid.NewGuid()}}","start":"{{app.Clock.GetUtcNow():O}}","topic":"x","guests":[{{guests}}]}""";
        using var answer = await program.PostAsync("/api/v1/sessions", new StringContent(body, Encoding.UTF8, "application/json"));
        await answer.ProblemAsync(413);
    }

    [Fact]
    public async Task A_picture_may_have_its_five_megabytes_by_form_and_by_call()
    {
        var scene = new Scene(app);
        var person = await scene.PersonAsync();
        var (program, browser) = (await scene.ProgramAsync(person), await scene.BrowserAsync(person));
        var file = new byte[4_000_000];
        using (var answer = await program.PutAsync("/api/v1/account/picture", new ByteArrayContent(file)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var form = new MultipartFormDataContent
        {
            { new StringContent(await Forms.TokenAsync(browser, "/account/profile")), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "Picture", "me.jpg" },
        };
        using var page = await browser.PostAsync("/account/profile?handler=Picture", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
    }
}
