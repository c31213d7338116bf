using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Delivery;
using Tests.People;
using Tests.Support;

namespace Tests.Security;

/// <summary>A limit is not passed by another spelling, another route or one more step.</summary>
public sealed class OtherRoutesTests
{
    [Fact]
    public async Task A_mailbox_is_written_to_so_often_however_its_address_is_tagged()
    {
        await using var app = await PortalApp.StartAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await app.Visitor().SubmitAsync("/account/sign-up", ("Name", "Nour"),
                ("Email", i % 2 == 0 ? $"victim+{i}@people.example" : $"vic.tim+{i}@gmail.com"), ("Language", "en"), ("Zone", "Etc/UTC"));
            statuses.Add(answer.StatusCode);
        }
        for (var i = 0; i < 12; i++)
        {
            using var answer = await app.Visitor().SubmitAsync("/account/forgot-password", ("Email", $"VICTIM+{i}x@people.example"));
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal(12 + 4, statuses.Count(s => s == HttpStatusCode.Redirect));
    }

    [Fact]
    public async Task A_mentee_cannot_invite_one_mailbox_again_and_again_nor_one_that_wants_nothing()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var program = await scene.ProgramAsync(session.Mentor);
        async Task<int> InviteAsync(string email)
        {
            using var answer = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/invite", new { email, name = "Huda" });
            return (int)answer.StatusCode;
        }
        var statuses = new List<int>();
        for (var i = 0; i < 7; i++)
            statuses.Add(await InviteAsync($"parent+{i}@people.example"));
        Assert.Equal([201, 201, 201, 201, 201, 429, 429], statuses);

        await app.InScopeAsync<UnwantedMail>(u => u.StopAsync("aunt@people.example", default));
        Assert.Equal((409, 409), (await InviteAsync("aunt@people.example"), await InviteAsync("aunt+1@people.example")));
    }

    [Fact]
    public async Task A_mentor_cannot_fill_a_guests_mailbox_by_changing_the_session_and_can_still_cancel_it()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var program = await scene.ProgramAsync(session.Mentor);
        var guest = new { email = "parent@people.example", name = "Huda" };
        (await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/invite", guest)).EnsureSuccessStatusCode().Dispose();
        var statuses = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            using var answer = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/toggle",
                new { externalMeetingUrl = i % 2 == 0 ? "https://meet.google.com/abc-defg-hij" : "https://meet.google.com/xyz-defg-hij" });
            statuses.Add((int)answer.StatusCode);
        }
        Assert.InRange((await app.MailsToAsync("parent@people.example")).Count, 10, 20);
        Assert.Equal((204, 429), (statuses[0], statuses[^1]));
        var back = new { externalMeetingUrl = (string?)null };
        using (var late = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/toggle", back))
            await late.ProblemAsync(429);
        Assert.NotNull(await app.InDatabaseAsync(db =>
            db.Sessions.Where(s => s.Id == session.Id).Select(s => s.ExternalMeetingUrl).SingleAsync()));
        using (var cancelled = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "ill" }))
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
    }

    [Fact]
    public async Task Somebody_who_is_signed_in_cannot_have_strangers_written_to_without_end()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Accounts:AnonymousMailsPerHour", "20"));
        var person = await app.AddPersonAsync();
        using var browser = await app.SignedInAsync(person);
        var program = await new Scene(app).ProgramOfAsync(person, Accounts.Password);
        for (var i = 0; i < 2; i++)
            using (var asked = await browser.SubmitAsync("/account/change-address", ("Email", $"stranger{i}@people.example")))
                Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        using (var refused = await browser.SubmitAsync("/account/change-address", ("Email", "stranger2@people.example")))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using (var refused = await program.PostAsJsonAsync("/api/v1/account/address",
            new { email = "stranger3@people.example", password = Accounts.Password }))
            await refused.ProblemAsync(422);
        Assert.Equal(2, await app.InDatabaseAsync(db => db.Outbox.CountAsync(m => m.ToAddress.StartsWith("stranger"))));
    }

    [Fact]
    public async Task The_mentors_and_their_times_cannot_be_drawn_off_by_the_API_or_by_signing_in()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("RateLimits:Enabled", "true").With("RateLimits:OpenPerMinute", "3")
            .With("RateLimits:SignInPerMinute", "100"));
        var scene = new Scene(app);
        var mentor = await scene.MentorAsync();
        foreach (var path in new[] { "/api/v1/mentors", $"/api/v1/mentors/{mentor.Id}/slots", $"/mentors/{mentor.Id}", "/zones" })
        {
            var person = await scene.PersonAsync();
            var caller = path.StartsWith("/api", StringComparison.Ordinal)
                ? await scene.ProgramAsync(person) : await scene.BrowserAsync(person);
            var statuses = new List<int>();
            for (var i = 0; i < 4; i++)
            {
                using var answer = await caller.GetAsync(path);
                statuses.Add((int)answer.StatusCode);
            }
            Assert.Equal((path, "200 200 200 429"), (path, string.Join(' ', statuses)));
        }
    }

    [Fact]
    public async Task A_new_password_by_mail_gives_no_fresh_tries_at_the_code_of_the_second_factor()
    {
        await using var app = await PortalApp.StartAsync();
        var person = await app.AddPersonAsync();
        await app.InDatabaseAsync(db => db.Users.Where(u => u.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, true)));
        var thief = app.Visitor();
        async Task<HttpStatusCode> GuessAsync(string password)
        {
            using var answer = await thief.PostAsJsonAsync("/api/v1/sign-in",
                new { email = person.Email, password, twoFactorCode = "000000" });
            return answer.StatusCode;
        }
        for (var i = 0; i < Portal.People.SignIn.GuessRules.FreeAtOneDoor; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(Accounts.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(Accounts.Password));
        var code = await app.InScopeAsync<Portal.People.Accounts.AccountCodes, string>(async codes =>
            codes.ForPassword((await app.FindAsync(person.Email!))!));
        using (var reset = await thief.SubmitAsync($"/account/reset-password?code={code}", ("NewPassword", "another long one")))
            Assert.Equal(HttpStatusCode.Redirect, reset.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync("another long one"));
    }
}
