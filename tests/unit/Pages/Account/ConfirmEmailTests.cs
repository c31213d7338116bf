using System.Net;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class ConfirmEmailTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Opening_the_link_confirms_nothing_and_the_button_does()
    {
        var user = await WaitingAsync();
        var link = await Confirmation.LinkAsync(app, user);
        using var client = app.Visitor();
        using var opened = await client.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.False((await app.FindAsync(user))!.EmailConfirmed);

        using (var head = await client.SendAsync(new(HttpMethod.Head, link)))
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);

        using var short_ = await client.SubmitAsync(link, ("Password", "short"));
        Assert.Equal(HttpStatusCode.BadRequest, short_.StatusCode);
        Assert.False((await app.FindAsync(user))!.EmailConfirmed);
        using var pressed = await client.SubmitAsync(link, ("Password", Accounts.Password));
        Assert.True((await app.FindAsync(user))!.EmailConfirmed);
        Assert.Contains("Nour", await client.GetStringAsync("/account/profile")); // and is signed in there
        using var again = await client.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Fact]
    public async Task A_link_that_is_cut_forged_or_of_somebody_else_is_answered_kindly()
    {
        var user = await WaitingAsync();
        var link = await Confirmation.LinkAsync(app, user);
        using var client = app.Visitor();
        foreach (var bad in new[]
                 {
                     link[..^5], link[..link.IndexOf('?')], $"{link}%00%FF", $"{link}0", link.Replace("code=", "code=A"),
                     $"/account/confirm-email?code={new string('a', 5000)}",
                 })
        {
            using var answer = await client.GetAsync(bad);
            Assert.Equal((bad, HttpStatusCode.Gone), (bad, answer.StatusCode));
            Assert.Contains("/account/resend", await answer.Content.ReadAsStringAsync());
        }
        using var form = await client.SubmitAsync(link, ("code", "forged"), ("Password", Accounts.Password));
        Assert.Equal(HttpStatusCode.Gone, form.StatusCode);
        Assert.False((await app.FindAsync(user))!.EmailConfirmed);
    }

    [Fact]
    public async Task The_mail_can_be_sent_again_once_in_ten_minutes_and_the_answer_never_says_to_whom()
    {
        var waiting = await WaitingAsync();
        var confirmed = await app.AddPersonAsync();
        Assert.Equal("302 /account/check-mail", await ResendAsync(waiting));
        Assert.Equal("302 /account/check-mail", await ResendAsync(confirmed.Email!));
        Assert.Equal("302 /account/check-mail", await ResendAsync("nobody@people.example"));
        Assert.Equal("400 ", await ResendAsync("nobody"));
        Assert.Equal((1, 0), ((await app.MailsToAsync(waiting)).Count, (await app.MailsToAsync(confirmed.Email!)).Count));

        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await ResendAsync(waiting);
        Assert.Equal(2, (await app.MailsToAsync(waiting)).Count);
    }

    [Fact]
    public async Task The_code_is_in_no_log()
    {
        var link = await Confirmation.LinkAsync(app, await WaitingAsync());
        using var client = app.Visitor();
        using var opened = await client.GetAsync(link);
        using var pressed = await client.SubmitAsync(link, ("Password", Accounts.Password));
        Assert.DoesNotContain(link[(link.IndexOf("code=", StringComparison.Ordinal) + 5)..], app.Log.Text);
    }

    private async Task<string> ResendAsync(string email)
    {
        using var client = app.Visitor();
        using var answer = await client.SubmitAsync("/account/resend", ("Email", email));
        return $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }

    private async Task<string> WaitingAsync()
    {
        var email = $"w{Guid.NewGuid():N}@people.example";
        using var client = app.Visitor();
        using var answer = await client.SubmitAsync("/account/sign-up",
            ("Name", "Nour"), ("Email", email), ("Language", "en"), ("Zone", "Etc/UTC"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return email;
    }
}
