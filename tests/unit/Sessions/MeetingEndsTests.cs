using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>What nobody needs any more is ended at the provider: by a job, once, and for a day at most.</summary>
public sealed class MeetingEndsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private PortalApp _app = null!;
    private Scene _scene = null!;

    private string Ended => _folder["ended"];

    private string GoodWhile => _folder["good"];

    public async Task InitializeAsync()
    {
        File.WriteAllText(GoodWhile, "");
        _app = await PortalApp.StartAsync(a => a
            .With("Plugins:Folders:0", Path.Combine(AppContext.BaseDirectory, "sample-providers"))
            .With("Providers:sample:EndedFile", Ended)
            .With("Providers:sample:GoodWhile", GoodWhile)
            .With("Providers:sample:Behaviour", "Throws"));
        _scene = new Scene(_app);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_cancelled_sessions_meeting_is_ended_once_and_not_within_the_request()
    {
        var session = await BookedAsync();
        await CancelAsync(session);
        Assert.False(File.Exists(Ended));
        Assert.Equal(1, await WorkAsync());
        Assert.Equal([Handle(session, 1)], await File.ReadAllLinesAsync(Ended));

        _app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await WorkAsync());
        Assert.Empty(await PendingAsync());
    }

    [Fact]
    public async Task Another_room_ends_the_one_before_and_keeps_itself()
    {
        var session = await BookedAsync();
        await RemakeAsync(session);
        await WorkAsync();
        Assert.Equal([Handle(session, 1)], await File.ReadAllLinesAsync(Ended));
        await CancelAsync(session);
        await WorkAsync();
        Assert.Equal([Handle(session, 1), Handle(session, 2)], await File.ReadAllLinesAsync(Ended));
    }

    [Fact]
    public async Task A_session_that_is_over_ends_its_meeting()
    {
        var session = await BookedAsync();
        _scene.GoTo(session, 60 + 31);
        Assert.Equal(1, await _app.InScopeAsync<CompletionService, int>(c => c.CompleteAsync(default)));
        await WorkAsync();
        Assert.Equal([Handle(session, 1)], await File.ReadAllLinesAsync(Ended));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_meeting_is_kept_while_its_tool_owes_who_was_there_but_not_for_ever(bool toolSaysSo)
    {
        var session = await BookedAsync();
        _scene.GoTo(session, 60 + 31);
        Assert.Equal(1, await _app.InScopeAsync<CompletionService, int>(c => c.CompleteAsync(default)));
        var completed = _app.Clock.GetUtcNow();
        await _scene.ChangeLinkAsync(session.Id, l => l.AttendanceDueUtc = completed.AddMinutes(10));
        await WorkAsync();
        Assert.False(File.Exists(Ended));

        if (toolSaysSo)
            await _scene.ChangeLinkAsync(session.Id, l => l.AttendanceDueUtc = null);
        while (await PendingAsync() is [var end])
        {
            _app.Clock.MoveTo(end.DueUtc);
            Assert.Equal(1, await WorkAsync());
        }
        Assert.Equal([Handle(session, 1)], await File.ReadAllLinesAsync(Ended));
        var (from, to) = toolSaysSo ? (0.1, 0.3) : (6, 6.1);
        Assert.InRange((_app.Clock.GetUtcNow() - completed).TotalHours, from, to);
    }

    [Fact]
    public async Task A_provider_that_fails_is_asked_again_with_growing_waits_until_it_can()
    {
        var session = await BookedAsync();
        await CancelAsync(session);
        File.Delete(GoodWhile);
        foreach (var minutes in new[] { 1, 2, 4, 8 })
        {
            Assert.Equal(1, await WorkAsync());
            var due = Assert.Single(await PendingAsync()).DueUtc;
            Assert.Equal(_app.Clock.GetUtcNow().AddMinutes(minutes), due);
            _app.Clock.MoveTo(due.AddSeconds(-1));
            Assert.Equal(0, await WorkAsync());
            _app.Clock.MoveTo(due);
        }
        File.WriteAllText(GoodWhile, "");
        Assert.Equal(1, await WorkAsync());
        Assert.Equal([Handle(session, 1)], await File.ReadAllLinesAsync(Ended));
    }

    [Fact]
    public async Task After_a_day_nobody_is_asked_any_more()
    {
        await CancelAsync(await BookedAsync());
        File.Delete(GoodWhile);
        var cancelled = _app.Clock.GetUtcNow();
        var tries = 0;
        while (await PendingAsync() is [var end])
        {
            _app.Clock.MoveTo(end.DueUtc > _app.Clock.GetUtcNow() ? end.DueUtc : _app.Clock.GetUtcNow());
            tries += await WorkAsync();
            Assert.InRange(tries, 1, 30);
        }
        Assert.InRange(_app.Clock.GetUtcNow() - cancelled, TimeSpan.FromDays(1), TimeSpan.FromHours(27));
        Assert.Contains(_app.Log.Errors, e => e.Text.Contains("was not ended within a day", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Portals_that_work_at_once_end_each_meeting_once()
    {
        for (var i = 0; i < 10; i++)
            await CancelAsync(await BookedAsync());
        Assert.Equal(10, (await Task.WhenAll(WorkAsync(), WorkAsync(), WorkAsync())).Sum());
        Assert.Equal(10, (await File.ReadAllLinesAsync(Ended)).Distinct().Count());
        Assert.Equal(10, (await File.ReadAllLinesAsync(Ended)).Length);
    }

    [Fact]
    public async Task A_meeting_that_was_only_being_made_when_its_session_was_cancelled_is_ended_afterwards()
    {
        var session = await BookedAsync();
        await _scene.ChangeLinkAsync(session.Id, l => (l.State, l.Handle) = (MeetingLinkState.Pending, null));
        await CancelAsync(session);
        await WorkAsync();
        Assert.False(File.Exists(Ended));
        await _scene.ChangeLinkAsync(session.Id, l => (l.State, l.Handle) = (MeetingLinkState.Ready, "late"));
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        await WorkAsync();
        Assert.Equal(["late"], await File.ReadAllLinesAsync(Ended));
    }

    [Fact]
    public async Task A_room_that_the_session_still_uses_under_another_version_is_left_alone()
    {
        var session = await BookedAsync();
        await RemakeAsync(session);
        await _scene.ChangeLinkAsync(session.Id, l => l.Handle = Handle(session, 1));
        await WorkAsync();
        Assert.False(File.Exists(Ended));
        Assert.Empty(await PendingAsync());
    }

    private Task<BookedScene> BookedAsync() => _scene.BookedAsync(profile: m => m.ProviderId = "sample");

    private async Task CancelAsync(BookedScene session) => Assert.Equal(SessionOutcome.Done,
        await _app.InScopeAsync<Cancellation, SessionOutcome>(s => s.CancelAsync(session.Id, Mentor(session), "", default)));

    private async Task RemakeAsync(BookedScene session) => Assert.Equal(SessionOutcome.Done,
        await _app.InScopeAsync<SessionRooms, SessionOutcome>(s => s.RemakeLinkAsync(session.Id, Mentor(session), default)));

    private Task<int> WorkAsync() => _app.InScopeAsync<MeetingEnds, int>(e => e.EndDueAsync(default));

    private Task<List<MeetingEnd>> PendingAsync() => _app.InDatabaseAsync(db => db.MeetingEnds.AsNoTracking().ToListAsync());

    private static Caller Mentor(BookedScene session) => new(session.Mentor.Id, false);

    private static string Handle(BookedScene session, int version) => $"{session.Id:n}-{version}";
}
