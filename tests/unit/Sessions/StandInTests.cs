using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Changes;
using Portal.Sessions.Rooms;
using Providers;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>A tool that fails when people come does not cost them the session.</summary>
public sealed class StandInTests(RemoteApp remote) : IClassFixture<RemoteApp>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        remote.Set("down", false);
        remote.Set("dead", false);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("down", TroubleKind.ServerUnreachable)]
    [InlineData("dead", TroubleKind.ProviderNotReady)]
    public async Task Whoever_clicks_while_the_tool_fails_is_in_a_stand_in_room_and_everybody_is_told(string flag, TroubleKind reason)
    {
        var admin = await remote.Scene.AdminAsync();
        var session = await MadeAsync();
        remote.Scene.GoTo(session);
        remote.Set(flag);
        var doors = await Task.WhenAll(ClickAsync(session.MenteePart), ClickAsync(session.MentorPart), ClickAsync(session.MenteePart));
        Assert.All(doors, to => Assert.StartsWith("https://meet.jit.si/", to));
        var links = await LinksAsync(session);
        Assert.Equal([1, 2], links.Select(l => l.RoomVersion));
        Assert.Equal(links[0].ProviderAccountId, links[1].InsteadOfAccountId);
        var mails = (await MailsAsync("StandInRoom")).Where(m => m.SessionId == session.Id).ToList();
        Assert.Equal(2, mails.Count(m => m.ToAddress == session.Mentee.Email || m.ToAddress == session.Mentor.Email));
        Assert.Contains(reason.ToString(), mails.Single(m => m.ToAddress == session.Mentor.Email).Model);
        Assert.DoesNotContain(reason.ToString(), mails.Single(m => m.ToAddress == session.Mentee.Email).Model);
        Assert.InRange((await MailsAsync("StandInRoom")).Count(m => m.ToAddress == admin.Email), 0, 1);
    }

    [Fact]
    public async Task Administrators_hear_of_a_dead_tool_once_and_not_of_each_session()
    {
        var admin = await remote.Scene.AdminAsync();
        var sessions = new List<BookedScene>();
        for (var i = 0; i < 3; i++)
            sessions.Add(await MadeAsync());
        remote.Scene.GoTo(sessions[0]);
        remote.Set("dead");
        foreach (var session in sessions)
            await ClickAsync(session.MenteePart);
        Assert.Equal(1, (await MailsAsync("StandInRoom")).Count(m => m.ToAddress == admin.Email));
    }

    [Fact]
    public async Task A_session_goes_back_when_its_tool_lives_again_before_anybody_has_joined()
    {
        var session = await MadeAsync();
        remote.Scene.GoTo(session, -10);
        remote.Set("down");
        Assert.True(await OpenAsync(session, 1));
        await remote.WorkAsync();
        Assert.Equal(2, await RoomAsync(session));
        remote.Set("down", false);
        await remote.WorkAsync();
        Assert.Equal(2, await RoomAsync(session)); // asked a moment ago
        remote.App.Clock.Advance(TimeSpan.FromMinutes(2));
        await remote.WorkAsync();
        var link = (await LinksAsync(session))[^1];
        Assert.Equal((3, MeetingLinkState.Ready, $"{session.Id:n}-3", null),
            (link.RoomVersion, link.State, link.Handle, link.InsteadOfAccountId));
        Assert.Equal("https://remote.example/" + link.Handle, await ClickAsync(session.MenteePart));
        Assert.Contains(await MailsAsync("RoomChanged"), m => m.SessionId == session.Id && m.ToAddress == session.Mentee.Email);
    }

    [Fact]
    public async Task Portals_that_send_a_session_back_at_once_leave_it_its_meeting()
    {
        var session = await MadeAsync();
        remote.Scene.GoTo(session, -10);
        remote.Set("down");
        Assert.True(await OpenAsync(session, 1));
        remote.Set("down", false);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => remote.App.InScopeAsync<StandInRooms>(s => s.LeaveAsync(default))));
        Assert.Equal(3, await RoomAsync(session));
        Assert.NotNull(remote.TimeOf($"{session.Id:n}-3"));
        Assert.Equal(2, (await MailsAsync("RoomChanged")).Count(m => m.SessionId == session.Id));
    }

    [Fact]
    public async Task A_stand_in_where_somebody_is_already_stays()
    {
        var session = await MadeAsync();
        remote.Scene.GoTo(session, -10);
        remote.Set("down");
        await ClickAsync(session.MenteePart);
        remote.Set("down", false);
        remote.App.Clock.Advance(TimeSpan.FromMinutes(3));
        await remote.WorkAsync();
        Assert.Equal(2, await RoomAsync(session));
    }

    [Fact]
    public async Task A_room_with_people_in_it_is_not_left_for_one_failed_click()
    {
        var session = await MadeAsync();
        remote.Scene.GoTo(session);
        Assert.StartsWith("https://remote.example/", await ClickAsync(session.MenteePart));
        remote.Set("down");
        using var answer = await remote.App.Visitor().PostAsync(await remote.Scene.LinkAsync(session.MentorPart), null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, await RoomAsync(session));
    }

    [Theory]
    [InlineData(-10, false)] // there is time yet
    [InlineData(-5, true)]
    [InlineData(3, true)]
    public async Task A_meeting_that_could_not_be_made_is_replaced_when_it_is_time(int minute, bool replaced)
    {
        remote.Set("down");
        var session = await remote.BookedAsync();
        await remote.WorkAsync();
        remote.Scene.GoTo(session, minute);
        Assert.Equal(replaced, await ClickAsync(session.MenteePart) is { } to && to.StartsWith("https://meet.jit.si/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_meeting_that_is_being_made_this_minute_is_waited_for()
    {
        var session = await remote.BookedAsync();
        remote.Scene.GoTo(session, -4);
        await remote.Scene.ChangeLinkAsync(session.Id, l => l.CreatedUtc = remote.App.Clock.GetUtcNow().AddSeconds(-30));
        Assert.Null(await ClickAsync(session.MenteePart));
        Assert.Equal(1, await RoomAsync(session));
    }

    [Fact]
    public async Task Looking_at_the_door_replaces_nothing()
    {
        var session = await MadeAsync();
        remote.Scene.GoTo(session);
        remote.Set("down");
        using var answer = await remote.App.Visitor().GetAsync(await remote.Scene.LinkAsync(session.MenteePart));
        Assert.Equal(1, await RoomAsync(session));
    }

    private async Task<BookedScene> MadeAsync()
    {
        var session = await remote.BookedAsync();
        await remote.WorkAsync();
        return session;
    }

    private Task<bool> OpenAsync(BookedScene session, int room) => remote.App.InScopeAsync<StandInRooms, bool>(
        s => s.OpenAsync(session.Id, room, ProviderFailure.Unavailable, default));

    /// <summary>Where the press of the mailed link's button leads; null when it does not.</summary>
    private async Task<string?> ClickAsync(Guid participant)
    {
        using var answer = await remote.App.Visitor().PostAsync(await remote.Scene.LinkAsync(participant), null);
        return answer.StatusCode == HttpStatusCode.SeeOther ? answer.Headers.Location!.ToString() : null;
    }

    private Task<List<MeetingLink>> LinksAsync(BookedScene session) => remote.App.InDatabaseAsync(db =>
        db.MeetingLinks.AsNoTracking().Where(l => l.SessionId == session.Id).OrderBy(l => l.RoomVersion).ToListAsync());

    private Task<int> RoomAsync(BookedScene session) =>
        remote.App.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.RoomVersion).SingleAsync());

    private Task<List<Portal.Mail.Queue.OutboxMessage>> MailsAsync(string kind) =>
        remote.App.InDatabaseAsync(db => db.Outbox.AsNoTracking().Where(m => m.Kind == kind).ToListAsync());
}
