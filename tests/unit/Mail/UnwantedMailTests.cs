using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Tests.Support;

namespace Tests.Mail;

/// <summary>Who has no account can end what others have written to them.</summary>
public sealed class UnwantedMailTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static int _count;
    private readonly Scene _scene = new(app);
    private readonly string _guest = $"unwanted{Interlocked.Increment(ref _count)}@people.example";

    private static Task<HttpResponseMessage> InviteAsync(HttpClient client, Guid session, string email) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{session}/invite", new { email, name = "Huda Nassar" });

    private Task<List<OutboxMessage>> RowsAsync() =>
        app.InDatabaseAsync(db => db.Outbox.AsNoTracking().Where(m => m.ToAddress == _guest).OrderBy(m => m.CreatedUtc).ToListAsync());

    private async Task<MimeMessage> RenderedAsync(OutboxMessage row)
    {
        var composed = await app.InScopeAsync<MailComposer, (OutgoingMail Mail, string)?>(c => c.ComposeAsync(row, default));
        return MimeMessage.Load(new MemoryStream(composed!.Value.Mail.Message.ToArray()));
    }

    [Fact]
    public async Task One_press_in_a_mail_ends_mails_of_all_kinds_and_an_invitation_says_so()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        (await InviteAsync(mentor, session.Id, _guest)).EnsureSuccessStatusCode();
        var mail = await RenderedAsync(Assert.Single(await RowsAsync()));
        var link = mail.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Contains(link, mail.TextBody);
        Assert.Contains(link, mail.HtmlBody);
        var path = new Uri(link).AbsolutePath;
        Assert.Matches("[A-Za-z0-9]$", path); // else mail programs take the end for the sentence's

        var visitor = app.Visitor();
        Assert.Contains("no-mail-button", await visitor.GetStringAsync(path));
        Assert.Equal(OutboxState.Waiting, Assert.Single(await RowsAsync()).State);
        var oneClick = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        using var pressed = await visitor.PostAsync(path, oneClick);
        Assert.Contains("no-mail-done", await pressed.Content.ReadAsStringAsync());
        using var again = await visitor.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(OutboxState.Dropped, Assert.Single(await RowsAsync()).State);

        // What was under way, and what is queued from now on, goes nowhere.
        (await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "No time" })).EnsureSuccessStatusCode();
        await app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        Assert.All(await RowsAsync(), m => Assert.Equal(OutboxState.Dropped, m.State));
        Assert.Equal(2, (await RowsAsync()).Count);

        var other = await _scene.BookedAsync();
        using var unwanted = await InviteAsync(await _scene.ProgramAsync(other.Mentor), other.Id, _guest.ToUpperInvariant());
        var refused = await unwanted.ProblemAsync(409);
        Assert.Contains("not to email", refused.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("x"), InlineData("0"), InlineData("CfDJ8AAAA0")]
    public async Task A_link_that_was_never_given_out_is_unknown(string token)
    {
        using var opened = await app.Visitor().GetAsync($"/mail/none/{token}");
        using var pressed = await app.Visitor().PostAsync($"/mail/none/{token}", null);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (opened.StatusCode, pressed.StatusCode));
    }

    [Fact]
    public async Task Mails_about_an_account_of_that_address_still_go_out()
    {
        await app.InScopeAsync<UnwantedMail>(u => u.StopAsync(_guest, default));
        using var answer = await Forms.PostAsync(app.Visitor(), "/account/sign-up", new()
        {
            ["Name"] = "Huda",
            ["Email"] = _guest,
            ["Language"] = "en",
            ["Zone"] = "Etc/UTC",
        });
        await app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        Assert.Equal(OutboxState.Sent, Assert.Single(await RowsAsync()).State);
    }

    [Fact]
    public async Task Nobody_is_greeted_by_a_name_before_the_address_is_confirmed()
    {
        using var answer = await Forms.PostAsync(app.Visitor(), "/account/sign-up", new()
        {
            ["Name"] = "Win Five Hundred",
            ["Email"] = _guest,
            ["Password"] = "long enough words",
            ["Language"] = "en",
            ["Zone"] = "Etc/UTC",
        });
        var row = Assert.Single(await RowsAsync());
        Assert.Equal("", row.ToName);
        var mail = await RenderedAsync(row);
        Assert.All([mail.TextBody, mail.HtmlBody, mail.To.ToString()], part => Assert.DoesNotContain("Five Hundred", part));
        Assert.Contains("\n\nHello,\n", mail.TextBody);
        Assert.Contains("Hello,", mail.HtmlBody);
    }

    [Fact]
    public async Task Who_was_not_told_of_an_invitation_is_not_told_of_its_end_and_who_just_was_hears_of_it_later()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        Task<HttpResponseMessage> WithdrawAsync(Guid person) =>
            mentor.PostAsync($"/api/mentoring/session/{session.Id}/participants/{person}/withdraw-link", null);
        async Task<Guid> InvitedAsync() =>
            (await (await InviteAsync(mentor, session.Id, _guest)).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        (await WithdrawAsync(await InvitedAsync())).EnsureSuccessStatusCode();
        await app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        Assert.Equal(("Invited", OutboxState.Dropped), (await RowsAsync()).Select(m => (m.Kind, m.State)).Single());

        var second = await InvitedAsync();
        await app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        (await WithdrawAsync(second)).EnsureSuccessStatusCode();
        await app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        var withdrawn = (await RowsAsync()).Single(m => m.Kind == "LinkWithdrawn");
        Assert.Equal((OutboxState.Waiting, app.Clock.GetUtcNow().AddMinutes(15)), (withdrawn.State, withdrawn.DueUtc));
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        Assert.Equal(OutboxState.Sent, (await RowsAsync()).Single(m => m.Kind == "LinkWithdrawn").State);
    }
}
