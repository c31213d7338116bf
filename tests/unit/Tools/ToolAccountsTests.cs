using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.ProviderHost;
using Tests.Support;

namespace Tests.Tools;

/// <summary>Several accounts of one tool: whose sessions use which, and how they come and go.</summary>
public sealed class ToolAccountsTests(ToolBench bench) : IClassFixture<ToolBench>
{
    [Fact]
    public async Task A_mentors_new_sessions_use_the_account_that_the_mentor_was_given()
    {
        var account = await bench.AddAsync(("Server", "given"));
        var mentor = await bench.Scene.MentorAsync(profile: m => m.ProviderId = ToolBench.Tool);
        var before = await bench.Scene.BookedAsync(mentor);
        using (var given = await bench.DoAsync(account, "Give", ("email", mentor.Email!)))
            Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
        Assert.Contains($"data-mentor=\"{mentor.Id}\"", await bench.Admin.GetStringAsync(ToolBench.PageOf(account)));
        var after = await bench.Scene.BookedAsync(mentor, start: bench.Scene.Slot.AddHours(2));

        Task<Guid> AccountOf(BookedScene s) => bench.App.InDatabaseAsync(db =>
            db.MeetingLinks.Where(l => l.SessionId == s.Id).Select(l => l.ProviderAccountId).SingleAsync());
        var standard = await bench.DefaultAsync();
        Assert.Equal((standard.Id, account.Id), (await AccountOf(before), await AccountOf(after)));
        Assert.EndsWith($"{before.Id:n}-1", await bench.JoinedAsync(before));
        Assert.Contains("server=given", await bench.JoinedAsync(after));

        using (var used = await bench.DoAsync(account, "Delete"))
            Assert.Equal(HttpStatusCode.Conflict, used.StatusCode);
        using (await bench.DoAsync(account, "TakeBack", ("mentorId", $"{mentor.Id}"))) { }
        Assert.Null(await bench.App.InDatabaseAsync(db =>
            db.MentorProfiles.Where(m => m.UserId == mentor.Id).Select(m => m.ProviderAccountId).SingleAsync()));
    }

    [Fact]
    public async Task Nobody_is_a_mentor_who_is_not()
    {
        var account = await bench.AddAsync();
        using var answer = await bench.DoAsync(account, "Give", ("email", (await bench.Scene.PersonAsync()).Email!));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task An_account_is_renamed_switched_off_and_deleted_and_all_of_it_is_in_the_trail()
    {
        var account = await bench.AddAsync();
        var other = await bench.AddAsync();
        using (var taken = await bench.DoAsync(account, "Rename", ("name", other.Name)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        using (await bench.DoAsync(account, "Rename", ("name", "School B"))) { }
        Assert.Equal("School B", bench.Providers.FindAccount(account)!.Name);

        using (await bench.DoAsync(account, "Switch", ("on", "false"))) { }
        Assert.Equal(PluginState.Disabled, bench.Providers.FindAccount(account)!.State);
        using (var off = await bench.DoAsync(account, "MakeDefault"))
            Assert.Equal(HttpStatusCode.Conflict, off.StatusCode);
        using (await bench.DoAsync(account, "Switch", ("on", "true"))) { }
        Assert.Equal(PluginState.Active, bench.Providers.FindAccount(account)!.State);

        using (var deleted = await bench.DoAsync(account, "Delete"))
            Assert.Equal($"/admin/tools/{ToolBench.Tool}", deleted.Headers.Location?.OriginalString);
        Assert.Null(bench.Providers.FindAccount(account));
        using var gone = await bench.Admin.GetAsync(ToolBench.PageOf(account));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(["tool.add", "tool.rename", "tool.turn-off", "tool.turn-on", "tool.delete"],
            (await bench.TrailAsync(account.Id)).Select(t => t.Action));
    }

    [Fact]
    public async Task There_is_one_default_account_and_it_cannot_be_deleted()
    {
        var first = await bench.DefaultAsync();
        var account = await bench.AddAsync(("Server", "standard"));
        using (await bench.DoAsync(account, "MakeDefault")) { }
        Assert.Equal(account.Id, (await bench.DefaultAsync()).Id);
        Assert.Equal("Server: standard.", (await bench.Providers.CheckAsync(ToolBench.Tool, default)).Findings[0].Text);
        using (var refused = await bench.DoAsync(account, "Delete"))
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using (await bench.DoAsync(first, "MakeDefault")) { }
        Assert.Equal(first.Id, (await bench.DefaultAsync()).Id);
    }

    [Theory]
    [InlineData("/admin/tools/sample")]
    [InlineData("/admin/tool-policy")]
    public async Task Only_administrators_come_in(string page)
    {
        using var answer = await (await bench.Scene.BrowserAsync(await bench.Scene.MentorAsync())).GetAsync(page);
        Assert.StartsWith("/account/access-denied", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/admin/tools/no-such-tool")]
    [InlineData("/admin/tools/sample/00000000-0000-0000-0000-000000000001")]
    [InlineData("/admin/tools/no-such-tool/00000000-0000-0000-0000-000000000001")]
    public async Task What_is_not_there_is_not_found(string page)
    {
        using var answer = await bench.Admin.GetAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
