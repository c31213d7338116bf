using Portal.AuditTrail;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.ProviderHost;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Tools;

/// <summary>Which tools mentors may choose, and what becomes of the sessions of one that is withdrawn.</summary>
public sealed class ToolPolicyTests : IAsyncLifetime
{
    private const string Page = "/admin/tool-policy";

    private readonly ToolBench _bench = new();

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    private async Task<HttpResponseMessage> SaveAsync(string allowed, string standard = "", string standIn = "")
    {
        var version = await _bench.App.InDatabaseAsync(db => db.ToolPolicies.Select(p => (Guid?)p.Version).FirstOrDefaultAsync());
        var ids = allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fields = ids.Select(id => KeyValuePair.Create("Input.Allowed", id)).Concat(
        [
            new("Input.Version", $"{version}"), new("Input.DefaultTool", standard), new("Input.StandIn", standIn),
            new("__RequestVerificationToken", await Forms.TokenAsync(_bench.Admin, Page)),
        ]);
        return await _bench.Admin.PostAsync(Page, new FormUrlEncodedContent(fields));
    }

    [Fact]
    public async Task Where_own_links_are_withdrawn_a_mentors_link_is_neither_asked_for_nor_lost()
    {
        const string link = "https://meet.google.com/abc-defg-hij";
        var mentor = await _bench.Scene.MentorAsync(profile: m => (m.ProviderId, m.ExternalMeetingUrl) = (ToolBench.Tool, link));
        using (await SaveAsync("jitsi sample")) { }
        var browser = await _bench.Scene.BrowserAsync(mentor);
        Assert.DoesNotContain("Input.ExternalMeetingUrl", await browser.GetStringAsync("/settings/tool"));
        using (var saved = await Forms.PostAsync(browser, "/settings/tool", new()
        {
            ["Input.ProviderId"] = "jitsi",
            ["Input.ExternalMeetingUrl"] = "https://meet.google.com/zzz-zzzz-zzz",
        }))
            Assert.Equal("/settings/tool", saved.Headers.Location?.OriginalString);
        var kept = await _bench.App.InDatabaseAsync(async db => await db.MentorProfiles.SingleAsync(m => m.UserId == mentor.Id));
        Assert.Equal(("jitsi", link), (kept.ProviderId, kept.ExternalMeetingUrl));
    }

    [Fact]
    public async Task Where_the_tool_for_everyone_is_withdrawn_another_that_needs_nothing_takes_its_place()
    {
        using (await SaveAsync("manual place sample")) { }
        var providers = _bench.App.Services.GetRequiredService<MeetingProviders>();
        Assert.Equal((ToolBench.Tool, ToolBench.Tool), (providers.DefaultTool, providers.StandIn));
        var session = await _bench.Scene.BookedAsync();
        Assert.Equal(ToolBench.Tool, await ToolOfAsync(session));
    }

    [Fact]
    public async Task A_withdrawn_tool_cannot_be_chosen_and_its_sessions_move_to_the_default_with_one_press()
    {
        var mentor = await _bench.Scene.MentorAsync(profile: m => m.ProviderId = ToolBench.Tool);
        var sessions = new List<BookedScene>();
        for (var i = 0; i < 3; i++)
            sessions.Add(await _bench.Scene.BookedAsync(mentor, start: _bench.Scene.Slot.AddHours(2 * i)));
        using (var saved = await SaveAsync("jitsi manual"))
            Assert.Equal(Page, saved.Headers.Location?.OriginalString);

        var browser = await _bench.Scene.BrowserAsync(mentor);
        Assert.DoesNotContain("value=\"sample\"", await browser.GetStringAsync("/settings/tool"));
        using (var chosen = await Forms.PostAsync(browser, "/settings/tool", new() { ["Input.ProviderId"] = ToolBench.Tool }))
            Assert.Equal(HttpStatusCode.BadRequest, chosen.StatusCode);
        var later = await _bench.Scene.BookedAsync(mentor, start: _bench.Scene.Slot.AddHours(8));
        Assert.Equal("jitsi", await ToolOfAsync(later));

        var page = await _bench.Admin.GetStringAsync(Page);
        var part = page[page.IndexOf("data-withdrawn=\"sample\"", StringComparison.Ordinal)..];
        Assert.Contains("3 sessions", part);
        Assert.All(sessions, s => Assert.Contains($"/sessions/{s.Id}", part));
        for (var twice = 0; twice < 2; twice++)
            using (await Forms.PostAsync(_bench.Admin, Page, new() { ["tool"] = ToolBench.Tool }, Page + "?handler=Move")) { }
        Assert.Equal("sample", await ToolOfAsync(sessions[0]));

        Assert.Equal(3, await _bench.App.InScopeAsync<ToolMoves, int>(m => m.RunAsync(default)));
        Assert.Equal(0, await _bench.App.InScopeAsync<ToolMoves, int>(m => m.RunAsync(default)));
        foreach (var session in sessions)
        {
            Assert.Equal("jitsi", await ToolOfAsync(session));
            var told = (await _bench.Scene.MailsAsync(session.Id)).Where(m => m.Kind == nameof(RoomChanged)).Select(m => m.UserId);
            Assert.Equal(new Guid?[] { session.Mentor.Id, session.Mentee.Id }.Order(), told.Order());
        }
        Assert.Contains("No upcoming sessions", await _bench.Admin.GetStringAsync(Page));
        var trail = await _bench.App.InDatabaseAsync(db =>
            db.AuditEntries.AsNoTracking().Where(a => a.ActorId == _bench.Boss.Id).ToListAsync());
        Assert.Equal(3, trail.Count(a => a.Action == "session.switch-room"));
        Assert.Single(trail, a => a.Action == "tool.move-sessions");
        Assert.Equal(new AuditChange("Allowed", "*", "jitsi, manual"),
            Assert.Single(AuditChanges.Read(Assert.Single(trail, a => a.Action == "tool.policy").Details)!.Changes));
    }

    [Fact]
    public async Task Sessions_that_are_at_the_default_tool_by_now_stay_where_they_are()
    {
        var mentor = await _bench.Scene.MentorAsync(profile: m => m.ProviderId = ToolBench.Tool);
        var session = await _bench.Scene.BookedAsync(mentor);
        using (await SaveAsync("jitsi manual")) { }
        using (await Forms.PostAsync(_bench.Admin, Page, new() { ["tool"] = ToolBench.Tool }, Page + "?handler=Move")) { }
        // The default tool becomes the one that they are to leave.
        using (await SaveAsync("sample", ToolBench.Tool)) { }
        Assert.Equal(0, await _bench.App.InScopeAsync<ToolMoves, int>(m => m.RunAsync(default)));
        Assert.NotNull((await _bench.App.InDatabaseAsync(db => db.ToolMoves.AsNoTracking().SingleAsync())).DoneUtc);
        Assert.Equal("sample", await ToolOfAsync(session));
    }

    [Fact]
    public async Task The_default_and_the_stand_in_are_what_an_administrator_says()
    {
        using (await SaveAsync("jitsi manual sample", ToolBench.Tool, "jitsi")) { }
        Assert.Equal((ToolBench.Tool, "jitsi"), (_bench.Providers.DefaultTool, _bench.Providers.StandIn));
        Assert.Equal(ToolBench.Tool, await ToolOfAsync(await _bench.Scene.BookedAsync()));
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("jitsi", "sample", "")]
    [InlineData("jitsi", "no-such-tool", "")]
    [InlineData("jitsi", "", "manual")]
    [InlineData("no-such-tool", "", "")]
    public async Task A_policy_that_would_leave_somebody_without_a_tool_is_refused(string allowed, string standard, string standIn)
    {
        using var answer = await SaveAsync(allowed, standard, standIn);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("error-summary", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await _bench.App.InDatabaseAsync(db => db.ToolPolicies.CountAsync()));
    }

    [Fact]
    public async Task Of_two_administrators_who_save_a_policy_one_is_told()
    {
        var stale = new Dictionary<string, string> { ["Input.Allowed"] = "jitsi", ["Input.Version"] = "" };
        using (await SaveAsync("jitsi manual")) { }
        using var late = await Forms.PostAsync(_bench.Admin, Page, stale);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("id=\"refusal\"", await late.Content.ReadAsStringAsync());
        Assert.True(_bench.Providers.IsAllowed("manual"));
    }

    [Fact]
    public void The_configuration_wins_over_what_is_stored()
    {
        var stored = new StoredToolPolicy { AllowedTools = ["a"], DefaultTool = "a", StandIn = "b" };
        var silent = ToolPolicy.Of(new(), stored);
        var said = ToolPolicy.Of(new() { AllowedTools = ["c"], DefaultTool = "c", StandIn = "d" }, stored);
        Assert.Equal((true, false, "a", "b"), (silent.Allows("a"), silent.Allows("c"), silent.DefaultTool, silent.StandIn));
        Assert.Equal((false, true, "c", "d"), (said.Allows("a"), said.Allows("c"), said.DefaultTool, said.StandIn));
        Assert.True(ToolPolicy.Of(new(), null).Allows("anything"));
    }

    private Task<string> ToolOfAsync(BookedScene session) => _bench.App.InDatabaseAsync(db => db.MeetingLinks
        .Where(l => l.SessionId == session.Id && l.RoomVersion == l.Session.RoomVersion).Select(l => l.ProviderAccount.ProviderId)
        .SingleAsync());
}
