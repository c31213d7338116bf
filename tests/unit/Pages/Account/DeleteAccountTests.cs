using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.Mails;
using Portal.People.SignIn;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class DeleteAccountTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_mentee_who_leaves_cancels_what_is_ahead_and_has_no_name_left()
    {
        var scene = new Scene(app);
        var past = await scene.BookedAsync();
        app.Clock.MoveTo(past.End.AddDays(1));
        var ahead = await scene.BookedAsync(past.Mentor, past.Mentee);
        var (mentee, mentor) = (past.Mentee, past.Mentor);
        var email = mentee.Email!;
        using var client = await scene.BrowserAsync(mentee);
        var program = await scene.ProgramAsync(mentee);

        Assert.Equal("302 /account/sign-in", await DeleteAsync(client, Scene.Password));
        var row = await app.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == mentee.Id));
        Assert.Equal(("", null, null, false), (row.DisplayName, row.Email, row.PasswordHash, row.EmailConfirmed));
        Assert.NotNull(row.DeletedUtc);
        Assert.DoesNotContain(email, row.UserName!);
        Assert.Equal(SessionState.Cancelled, (await app.InDatabaseAsync(db => db.Sessions.SingleAsync(s => s.Id == ahead.Id))).State);
        Assert.NotEqual(SessionState.Cancelled, (await app.InDatabaseAsync(db => db.Sessions.SingleAsync(s => s.Id == past.Id))).State);
        var told = (await scene.MailsAsync(ahead.Id)).Single(m => m.Kind == nameof(SessionCancelled) && m.ToAddress == mentor.Email);
        Assert.Contains(mentee.DisplayName, told.Model);
        Assert.Contains((await app.MailsToAsync(email)).Select(m => m.Kind), k => k == nameof(SecurityNotice));

        // The other still sees the past session, and no name in it.
        using var other = await scene.BrowserAsync(mentor);
        var html = await other.GetStringAsync($"/sessions/{past.Id}");
        Assert.Contains("Former member", html);
        Assert.DoesNotContain(mentee.DisplayName, html);

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/account/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/sessions")).StatusCode);
        Assert.Null(await app.InScopeAsync<SignInService, PortalUser?>(s => s.CheckAsync(email, Scene.Password)));
    }

    [Fact]
    public async Task A_mentor_who_leaves_can_no_longer_be_booked()
    {
        var scene = new Scene(app);
        var session = await scene.BookedAsync(profile: m => m.ExternalMeetingUrl = "https://meet.example/my-room");
        using var client = await scene.BrowserAsync(session.Mentor);
        await DeleteAsync(client, Scene.Password);
        Assert.Equal(SessionState.Cancelled, (await app.InDatabaseAsync(db => db.Sessions.SingleAsync(s => s.Id == session.Id))).State);
        using var mentee = await scene.BrowserAsync(session.Mentee);
        Assert.Equal(HttpStatusCode.NotFound, (await mentee.GetAsync($"/mentors/{session.Mentor.Id}")).StatusCode);
        Assert.False(await app.InDatabaseAsync(db => db.MentorProfiles.AnyAsync(m => m.UserId == session.Mentor.Id)));
        Assert.False(await app.InDatabaseAsync(db => db.WeeklyHours.AnyAsync(h => h.MentorId == session.Mentor.Id)));
    }

    [Fact]
    public async Task Nothing_that_says_who_it_was_stays()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        await app.InDatabaseAsync(async db =>
        {
            db.SuppressedAddresses.Add(new() { Address = user.Email!.ToLowerInvariant(), SinceUtc = app.Clock.GetUtcNow() });
            db.Pictures.Add(new() { UserId = user.Id, Content = [1], Version = "a" });
            db.UserLogins.Add(new() { UserId = user.Id, LoginProvider = "x", ProviderKey = user.Id.ToString() });
            db.UserTokens.Add(new() { UserId = user.Id, LoginProvider = "x", Name = "y", Value = "z" });
            await db.SaveChangesAsync();
        });
        await DeleteAsync(client, Accounts.Password);
        Assert.Equal((0, 0, 0, 0), await app.InDatabaseAsync(async db => (
            await db.Pictures.CountAsync(x => x.UserId == user.Id), await db.UserLogins.CountAsync(x => x.UserId == user.Id),
            await db.UserTokens.CountAsync(x => x.UserId == user.Id), await db.SignedInDevices.CountAsync(x => x.UserId == user.Id))));
        Assert.False(await app.InDatabaseAsync(db => db.SuppressedAddresses.AnyAsync(a => a.Address == user.Email!.ToLower())));
        Assert.DoesNotContain(user.Id,
            (await app.InScopeAsync<AdminService, PersonListPage?>(a => a.SearchAsync(Accounts.Administrator, new(), 1, default)))!.Items
                .Select(p => p.Id));
    }

    [Fact]
    public async Task The_address_is_free_again()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        await DeleteAsync(client, Accounts.Password);
        using var answer = await app.Visitor().SubmitAsync("/account/sign-up",
            ("Name", "Nour"), ("Email", user.Email!), ("Language", "en"), ("Zone", "Etc/UTC"));
        Assert.NotEqual(user.Id, (await app.FindAsync(user.Email!))!.Id);
    }

    [Fact]
    public async Task It_takes_the_password()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        Assert.Equal("400 ", await DeleteAsync(client, "wrong horse"));
        Assert.Equal("400 ", await DeleteAsync(client, ""));
        using var opened = await client.GetAsync("/account/delete");
        Assert.NotNull(await app.FindAsync(user.Email!));
    }

    [Fact]
    public async Task The_last_administrator_stays_and_of_two_who_go_at_once_one_does()
    {
        await using var own = await PortalApp.StartAsync();
        var scene = new Scene(own);
        var (one, two) = (await scene.AdminAsync(), await scene.AdminAsync());
        var outcomes = await Task.WhenAll(new[] { one, two }.Select(a =>
            own.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(a.Id, default))));
        Assert.Equal([DeletionOutcome.Done, DeletionOutcome.LastAdmin], outcomes.Order());
        var left = outcomes[0] == DeletionOutcome.LastAdmin ? one : two;
        using var client = await scene.BrowserAsync(left);
        Assert.Equal("400 ", await DeleteAsync(client, Scene.Password));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/admin")).StatusCode);
    }

    private static async Task<string> DeleteAsync(HttpClient client, string password)
    {
        using var answer = await client.SubmitAsync("/account/delete", ("ProofPassword", password));
        return $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }
}
