using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>A tool with a server is told what happens to a session, and tells what happened in it.</summary>
public sealed class RemoteMeetingTests(RemoteApp remote) : IClassFixture<RemoteApp>
{
    [Fact]
    public async Task A_moved_session_keeps_its_meeting_and_the_tool_hears_the_new_time()
    {
        var session = await MadeAsync();
        await MoveAsync(session, session.Start.AddHours(3));
        Assert.Equal(MeetingLinkState.Pending, (await LinkAsync(session)).State);
        await remote.WorkAsync();
        await remote.WorkAsync();
        Assert.Equal(session.Start.AddHours(3).ToString("O", CultureInfo.InvariantCulture), remote.TimeOf(Handle(session, 1)));
        Assert.Equal((MeetingLinkState.Ready, Handle(session, 1)), ((await LinkAsync(session)).State, (await LinkAsync(session)).Handle));
        Assert.Empty(remote.Calls($"end {Handle(session, 1)}"));
        Assert.Empty(remote.Calls($"create {Handle(session, 2)}"));
    }

    [Fact]
    public async Task A_meeting_that_is_gone_when_the_session_is_moved_is_made_anew()
    {
        var session = await MadeAsync();
        remote.Lose(Handle(session, 1));
        await MoveAsync(session, session.Start.AddHours(4));
        await remote.WorkAsync();
        Assert.Equal((MeetingLinkState.Ready, Handle(session, 2)), ((await LinkAsync(session)).State, (await LinkAsync(session)).Handle));
    }

    [Fact]
    public async Task A_meeting_that_the_tool_will_not_change_is_replaced_and_ended()
    {
        var session = await MadeAsync();
        await MoveAsync(session, session.Start.AddHours(5));
        await remote.App.InScopeAsync<MeetingEnds, int>(e => e.EndDueAsync(default)); // finds it used again
        remote.Set("started");
        await remote.WorkAsync();
        remote.Set("started", false);
        await remote.WorkAsync();
        Assert.Equal(Handle(session, 2), (await LinkAsync(session)).Handle);
        Assert.Equal([$"end {Handle(session, 1)}"], remote.Calls($"end {Handle(session, 1)}"));
        Assert.Null(remote.TimeOf(Handle(session, 1)));
    }

    [Fact]
    public async Task Whoever_was_withdrawn_does_not_know_the_next_meeting()
    {
        var session = await MadeAsync();
        Assert.Equal(SessionOutcome.Done, await remote.App.InScopeAsync<PersonalLinks, SessionOutcome>(
            p => p.WithdrawLinkAsync(session.Id, session.MenteePart, new Caller(session.Mentor.Id, false), default)));
        await remote.WorkAsync();
        Assert.Equal(Handle(session, 2), (await LinkAsync(session)).Handle);
        Assert.Null(remote.TimeOf(Handle(session, 1)));
    }

    [Fact]
    public async Task A_meeting_that_was_deleted_at_the_tool_is_made_again_before_anybody_comes()
    {
        var session = await MadeAsync();
        remote.App.Clock.MoveTo(session.Start.AddHours(-10));
        remote.Lose(Handle(session, 1));
        await PreflightAsync();
        await remote.WorkAsync();
        Assert.NotNull(remote.TimeOf(Handle(session, 1)));
        await PreflightAsync();
        Assert.Equal(MeetingLinkState.Ready, (await LinkAsync(session)).State);
        Assert.Empty(await remote.App.InDatabaseAsync(db => db.SessionTroubles.Where(t => t.SessionId == session.Id).ToListAsync()));
    }

    [Fact]
    public async Task Phone_numbers_are_kept_with_the_meeting()
    {
        var session = await MadeAsync();
        var dialIn = DialInText.Read((await LinkAsync(session)).DialIn)!;
        Assert.Equal(["+20 2 555 0100", "+44 20 5550 0101"], dialIn.Numbers.Select(n => n.Number));
        Assert.Equal("123 456#", dialIn.Pin);
    }

    [Fact]
    public async Task Whoever_calls_instead_reads_the_numbers_after_the_button_and_not_before()
    {
        var session = await MadeAsync();
        remote.Scene.GoTo(session);
        var (browser, door) = (remote.App.Visitor(), await remote.Scene.LinkAsync(session.MenteePart));
        Assert.DoesNotContain("555 0100", await browser.GetStringAsync(door));
        using var answer = await browser.PostAsync(door, new FormUrlEncodedContent(new Dictionary<string, string> { ["by"] = "phone" }));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("tel:&#x2B;2025550100", page);
        Assert.Contains("123 456#", page);
        Assert.Contains(await remote.Scene.EventsAsync(session.Id),
            e => e.Kind == MeetingEventKind.Joined && e.ParticipantId == session.MenteePart);
    }

    [Fact]
    public async Task The_tool_is_asked_who_was_there_until_its_records_are_there()
    {
        var session = await MadeAsync();
        remote.App.Clock.MoveTo(session.End.AddMinutes(14));
        await remote.WorkAsync();
        Assert.Empty(remote.Calls($"attendance {Handle(session, 1)}"));
        remote.App.Clock.MoveTo(session.End.AddMinutes(16));
        await remote.WorkAsync();
        Assert.Single(remote.Calls($"attendance {Handle(session, 1)}"));
        var at = session.Start.AddMinutes(3).ToString("O", CultureInfo.InvariantCulture);
        remote.Records(
            $"r1|Joined|{Handle(session, 1)}|{at}|{session.Mentee.Id}",
            $"r2|Joined|{Handle(session, 1)}|{at}||{session.Mentor.Email!.ToUpperInvariant()}",
            $"r3|Joined|{Handle(session, 1)}|{at}||stranger@people.example", $"r4|Left|{Handle(session, 1)}|{at}|{Guid.NewGuid()}");
        remote.App.Clock.MoveTo(session.End.AddMinutes(31));
        await remote.WorkAsync();
        remote.App.Clock.MoveTo(session.End.AddHours(30));
        await remote.WorkAsync();
        Assert.Equal(2, remote.Calls($"attendance {Handle(session, 1)}").Count);
        var told = (await remote.Scene.EventsAsync(session.Id)).Where(e => e.SignId is not null).OrderBy(e => e.SignId).ToList();
        Assert.Equal([session.MenteePart, session.MentorPart, null, null], told.Select(e => e.ParticipantId));
        Assert.All(told.Take(3), e => Assert.Equal((MeetingEventKind.ToolJoined, session.Start.AddMinutes(3)), (e.Kind, e.AtUtc)));
    }

    [Fact]
    public async Task Who_was_only_in_the_tool_counts_as_having_come()
    {
        var session = await MadeAsync();
        remote.App.Clock.MoveTo(session.Start.AddMinutes(5));
        await TellAsync($"came-{session.Id}|Joined|{Handle(session, 1)}|{session.Start.AddMinutes(1):O}|{session.Mentee.Id}");
        var booked = await remote.App.InDatabaseAsync(db => db.Sessions.AsNoTracking().Include(s => s.Participants)
            .SingleAsync(s => s.Id == session.Id));
        var came = await remote.App.InScopeAsync<Attendance, Dictionary<Guid, DateTimeOffset>>(a => a.CameAsync([booked], default));
        Assert.Equal([session.MenteePart], came.Keys);
    }

    private async Task TellAsync(string line)
    {
        using var answer = await remote.App.Visitor().PostAsync("/webhooks/remote?proof=good", new StringContent(line, Encoding.UTF8));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private async Task<BookedScene> MadeAsync()
    {
        var session = await remote.BookedAsync();
        await remote.WorkAsync();
        Assert.Equal(MeetingLinkState.Ready, (await LinkAsync(session)).State);
        return session;
    }

    private Task PreflightAsync() => remote.App.InScopeAsync<Preflight>(p => p.RunAsync(default));

    private async Task MoveAsync(BookedScene session, DateTimeOffset start) => Assert.Equal(SessionOutcome.Done,
        (await remote.App.InScopeAsync<MoveService, MoveResult>(
            m => m.MoveAsync(session.Id, start, null, false, new Caller(session.Mentor.Id, false), default))).Outcome);

    private Task<MeetingLink> LinkAsync(BookedScene session) => remote.App.InDatabaseAsync(db =>
        db.MeetingLinks.AsNoTracking().Where(l => l.SessionId == session.Id).OrderByDescending(l => l.RoomVersion).FirstAsync());

    private static string Handle(BookedScene session, int version) => $"{session.Id:n}-{version}";
}
