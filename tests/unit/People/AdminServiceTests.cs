using Portal.AuditTrail;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Tests.Support;

namespace Tests.People;

/// <summary>An app for each test: who is the last administrator depends on everybody.</summary>
public sealed class AdminServiceTests : IAsyncLifetime
{
    private PortalApp _app = null!;

    public async Task InitializeAsync() => _app = await PortalApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_first_administrator_gets_a_password_that_works_and_is_shown_once()
    {
        var added = await AddAsync("first@people.example");
        Assert.True(added.Succeeded);
        var password = added.Message.Split('\n')[^1];
        var person = await _app.InScopeAsync<SignInService, PortalUser?>(s => s.CheckAsync("first@people.example", password));
        Assert.True(await _app.InDatabaseAsync(db => db.UserRoles.AnyAsync(r =>
            r.UserId == person!.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Admin))));

        var again = await AddAsync("first@people.example");
        Assert.True(again.Succeeded);
        Assert.DoesNotContain("password", again.Message);
    }

    [Fact]
    public async Task Somebody_who_signed_up_with_a_strange_address_does_not_become_administrator_with_it()
    {
        var squatter = await _app.AddPersonAsync(confirmed: false);
        await AddAsync(squatter.Email!);
        Assert.Null(await _app.InScopeAsync<SignInService, PortalUser?>(s => s.CheckAsync(squatter.Email!, Accounts.Password)));
    }

    [Fact]
    public async Task What_is_no_address_makes_no_administrator() => Assert.False((await AddAsync("--help")).Succeeded);

    [Fact]
    public async Task A_new_mentor_has_a_profile_and_keeps_it_when_the_role_goes()
    {
        var user = await _app.AddPersonAsync();
        Assert.Equal(RoleOutcome.Done, await SetAsync(Accounts.Administrator, user.Id, Roles.Mentor, granted: true));
        Assert.Equal(RoleOutcome.Done, await SetAsync(Accounts.Administrator, user.Id, Roles.Mentor, granted: true));
        Assert.Equal(RoleOutcome.Done, await SetAsync(Accounts.Administrator, user.Id, Roles.Mentor, granted: false));
        Assert.Equal(RoleOutcome.Done, await SetAsync(Accounts.Administrator, user.Id, Roles.Mentor, granted: true));
        Assert.Equal(1, await _app.InDatabaseAsync(db => db.MentorProfiles.CountAsync(m => m.UserId == user.Id)));

        var audited = await _app.InDatabaseAsync(db => db.AuditEntries.OrderBy(a => a.Id).ToListAsync());
        Assert.Equal(["person.grant-role", "person.revoke-role", "person.grant-role"], audited.Select(a => a.Action));
        Assert.All(audited, a =>
            Assert.Equal((Accounts.Administrator.UserId, $"person:{user.Id}"), (a.ActorId, a.Subject)));
        Assert.Equal(
            [new("Role", "", Roles.Mentor), new("Role", Roles.Mentor, ""), new("Role", "", Roles.Mentor)],
            audited.SelectMany(a => AuditChanges.Read(a.Details)!.Changes));
    }

    [Fact]
    public async Task Only_administrators_look_at_people_and_change_roles()
    {
        var user = await _app.AddPersonAsync();
        var caller = new Caller(user.Id, IsAdmin: false);
        Assert.Equal(RoleOutcome.NotAllowed, await SetAsync(caller, user.Id, Roles.Admin, granted: true));
        Assert.Null(await SearchAsync(caller, ""));
    }

    [Fact]
    public async Task Roles_are_for_people_who_exist_and_have_confirmed_and_for_roles_that_exist()
    {
        var user = await _app.AddPersonAsync(confirmed: false);
        Assert.Equal(RoleOutcome.NotConfirmed, await SetAsync(Accounts.Administrator, user.Id, Roles.Mentor, granted: true));
        Assert.Equal(RoleOutcome.NoSuchPerson, await SetAsync(Accounts.Administrator, Guid.NewGuid(), Roles.Mentor, granted: true));
        Assert.Equal(RoleOutcome.NoSuchRole, await SetAsync(Accounts.Administrator, user.Id, "king", granted: true));
    }

    [Fact]
    public async Task Two_administrators_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var people = new[] { await _app.AddPersonAsync(), await _app.AddPersonAsync() };
            foreach (var person in people)
                await AddAsync(person.Email!);
            await LeaveOnlyAsync(people);
            var outcomes = await Task.WhenAll(
                SetAsync(new(people[0].Id, true), people[1].Id, Roles.Admin, granted: false),
                SetAsync(new(people[1].Id, true), people[0].Id, Roles.Admin, granted: false));
            Assert.Equal([RoleOutcome.Done, RoleOutcome.LastAdmin], outcomes.Order());
        }
    }

    [Fact]
    public async Task People_are_found_by_a_part_of_name_or_address_whatever_its_case()
    {
        var user = await _app.AddPersonAsync();
        Assert.Equal(user.Id, Assert.Single((await SearchAsync(Accounts.Administrator, user.Email![..20].ToUpperInvariant()))!).Id);
        Assert.Equal(user.Id, Assert.Single((await SearchAsync(Accounts.Administrator, "nOUr"))!).Id);
        Assert.Empty((await SearchAsync(Accounts.Administrator, "no\0body"))!);
        Assert.Empty((await SearchAsync(Accounts.Administrator, "%"))!);
    }

    [Fact]
    public async Task People_are_listed_by_role_and_lock_and_page_by_page()
    {
        var (mentor, locked) = (await _app.AddPersonAsync(), await _app.AddPersonAsync());
        await SetAsync(Accounts.Administrator, mentor.Id, Roles.Mentor, granted: true);
        await _app.InDatabaseAsync(db => db.Users.Where(u => u.Id == locked.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, DateTimeOffset.MaxValue)));
        Assert.Equal(mentor.Id, Assert.Single((await SearchAsync(Accounts.Administrator, mentor.Email!, Roles.Mentor))!).Id);
        Assert.Empty((await SearchAsync(Accounts.Administrator, locked.Email!, Roles.Mentor))!);
        Assert.Equal(locked.Id, Assert.Single((await SearchAsync(Accounts.Administrator, "", locked: true))!).Id);

        await _app.InDatabaseAsync(async db =>
        {
            var from = await db.Users.CountAsync();
            db.Users.AddRange(Enumerable.Range(from, AdminService.PageSize + 5).Select(i => new PortalUser
            {
                UserName = $"page{i}@example.org",
                Email = $"page{i}@example.org",
                NormalizedEmail = $"PAGE{i}@EXAMPLE.ORG",
                NormalizedUserName = $"PAGE{i}@EXAMPLE.ORG",
                DisplayName = "Page",
            }));
            return await db.SaveChangesAsync();
        });
        var pages = new List<PersonListPage>();
        for (var page = 1; page == 1 || pages[^1].HasMore; page++)
            pages.Add((await _app.InScopeAsync<AdminService, PersonListPage?>(a =>
                a.SearchAsync(Accounts.Administrator, new("Page"), page, default)))!);
        var seen = pages.SelectMany(p => p.Items).Select(p => p.Id).ToList();
        Assert.Equal(2, pages.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(AdminService.PageSize, pages[0].Items.Count);
    }

    [Fact]
    public async Task Portals_that_start_at_once_make_each_role_once()
    {
        await _app.InDatabaseAsync(db => db.Roles.ExecuteDeleteAsync());
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _app.InScopeAsync<IServiceProvider>(s => s.PreparePeopleAsync())));
        Assert.Equal(Roles.All, await _app.InDatabaseAsync(db => db.Roles.Select(r => r.Name!).OrderBy(n => n).ToListAsync()));
    }

    private async Task LeaveOnlyAsync(PortalUser[] people)
    {
        var ids = people.Select(p => p.Id).ToArray();
        await _app.InDatabaseAsync(db => db.UserRoles.Where(r => !ids.Contains(r.UserId)).ExecuteDeleteAsync());
    }

    private Task<AdminAdded> AddAsync(string email) => _app.InScopeAsync<AdminService, AdminAdded>(a => a.AddAsync(email));

    private Task<RoleOutcome> SetAsync(Caller caller, Guid person, string role, bool granted) =>
        _app.InScopeAsync<AdminService, RoleOutcome>(a => a.SetRoleAsync(caller, person, role, granted, default));

    private async Task<IReadOnlyList<PersonRow>?> SearchAsync(Caller caller, string text, string? role = null, bool locked = false) =>
        (await _app.InScopeAsync<AdminService, PersonListPage?>(a => a.SearchAsync(caller, new(text, role, locked), 1, default)))?.Items;
}
