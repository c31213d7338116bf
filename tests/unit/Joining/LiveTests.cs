using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Joining.Live;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Joining;

/// <summary>The streams that pages hear of changes by.</summary>
[Trait("Clock", "moves")]
public sealed class LiveTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => a.With("Join:WaitingRoom", "MentorAdmits").With("RateLimits:Enabled", "true")
            .With("RateLimits:JoinPerMinute", "6").With("Live:MaxStreamsPerPerson", "3"));
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private sealed class Stream(HttpResponseMessage answer, StreamReader reader) : IDisposable
    {
        public HttpResponseMessage Answer => answer;

        public static async Task<Stream> OpenAsync(HttpClient client, string path)
        {
            var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            return new(answer, new(await answer.Content.ReadAsStreamAsync()));
        }

        /// <summary>The next event with its data, "" for a comment, null at the end.</summary>
        public async Task<string?> NextAsync(int seconds = 10)
        {
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            var said = new List<string>();
            while (await reader.ReadLineAsync(enough.Token) is { } line)
            {
                if (line.Length > 0)
                    said.Add(line);
                else if (!said[0].StartsWith("retry", StringComparison.Ordinal))
                    return said[0] == ":" ? "" : string.Join(' ', said);
                else
                    said.Clear();
            }
            return null;
        }

        public void Dispose()
        {
            reader.Dispose();
            answer.Dispose();
        }
    }

    private async Task<Stream> AtDoorAsync(Guid participant, PortalApp? app = null) =>
        await Stream.OpenAsync((app ?? _app).Visitor(), $"{await _scene.LinkAsync(participant)}/live");

    /// <summary>Timers fall due one after the other; what they wake needs a moment of its own.</summary>
    private async Task PassAsync(int seconds, PortalApp? app = null)
    {
        for (var i = 0; i < seconds; i++)
        {
            (app ?? _app).Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }
    }

    private Task<int> WatchersAsync() => Task.FromResult(_app.Services.GetRequiredService<SessionWatch>().Count);

    private async Task<BookedScene> WaitingAsync()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        using (await _app.Visitor().PostAsync(await _scene.LinkAsync(session.MenteePart), null)) { }
        return session;
    }

    private async Task AdmitAsync(BookedScene session)
    {
        using var answer = await (await _scene.ProgramAsync(session.Mentor)).PostAsync($"/api/v1/sessions/{session.Id}/admit", null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task The_door_hears_within_a_second_that_it_opened_and_that_costs_no_attempt_and_leaves_no_entry()
    {
        var session = await WaitingAsync();
        var entries = (await _scene.EventsAsync(session.Id)).Count;
        using var stream = await AtDoorAsync(session.MenteePart);
        Assert.Equal("text/event-stream", stream.Answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no", stream.Answer.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.True(stream.Answer.Headers.CacheControl?.NoStore);
        Assert.Empty(stream.Answer.Content.Headers.ContentEncoding);
        Assert.Equal("event: change data: {\"decision\":\"WaitingForMentor\"}", await stream.NextAsync());
        await AdmitAsync(session);
        await PassAsync(1);
        Assert.Equal("event: change data: {\"decision\":\"Open\"}", await stream.NextAsync());
        for (var i = 0; i < 12; i++)
            using (await AtDoorAsync(session.MenteePart)) { }
        using var enters = await _app.Visitor().PostAsync(await _scene.LinkAsync(session.MenteePart), null);
        Assert.Equal(HttpStatusCode.SeeOther, enters.StatusCode);
        // Admitted and joined; nothing of all those that listened.
        Assert.Equal(entries + 2, (await _scene.EventsAsync(session.Id)).Count);
    }

    [Fact]
    public async Task A_cancelled_session_is_told_as_gone_to_the_door_and_to_the_sessions_page_and_a_quiet_one_by_comments()
    {
        var session = await WaitingAsync();
        using var door = await AtDoorAsync(session.MenteePart);
        using var page = await Stream.OpenAsync(await _scene.BrowserAsync(session.Mentee), $"/sessions/{session.Id}/live");
        Assert.StartsWith("event: change", await door.NextAsync());
        Assert.StartsWith("event: change", await page.NextAsync());
        await PassAsync(16);
        Assert.Equal(("", ""), (await door.NextAsync(), await page.NextAsync()));
        using var cancelled = await (await _scene.ProgramAsync(session.Mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{session.Id}/cancel", new { reason = "Ill" });
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await PassAsync(1);
        Assert.Equal(("event: gone data: {}", "event: gone data: {}"), (await door.NextAsync(), await page.NextAsync()));
        Assert.Equal((null, null), (await door.NextAsync(), await page.NextAsync()));
        Assert.Equal(0, await WatchersAsync());
    }

    [Fact]
    public async Task A_stream_ends_by_itself_within_five_minutes_and_when_the_portal_stops()
    {
        var session = await WaitingAsync();
        using (var stream = await AtDoorAsync(session.MenteePart))
        {
            Assert.StartsWith("event: change", await stream.NextAsync());
            for (var i = 0; i < 21; i++)
                await PassAsync(15);
            while (await stream.NextAsync() is not null) { }
        }
        Assert.Equal(0, await WatchersAsync());
        using var last = await AtDoorAsync(session.MenteePart);
        Assert.StartsWith("event: change", await last.NextAsync());
        _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Null(await last.NextAsync());
    }

    [Fact]
    public async Task Time_alone_opens_a_door_to_those_who_listen()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -16);
        using var stream = await AtDoorAsync(session.MentorPart);
        Assert.Contains("TooEarly", await stream.NextAsync());
        await PassAsync(60);
        string? said;
        do
            said = await stream.NextAsync();
        while (said == "");
        Assert.Contains("Open", said);
    }

    [Fact]
    public async Task Who_is_let_in_by_the_portal_after_some_minutes_hears_it_at_that_second()
    {
        await _app.DisposeAsync();
        _app = await PortalApp.StartAsync(a => a.With("Join:WaitingRoom", "MentorAdmits").With("Join:AdmitsAfterMinutes", "1"));
        _scene = new(_app);
        var session = await WaitingAsync();
        await PassAsync(40);
        using var stream = await AtDoorAsync(session.MenteePart);
        Assert.Contains("WaitingForMentor", await stream.NextAsync());
        // Streams look by themselves once a minute: by then it would be twenty seconds later.
        await PassAsync(22);
        string? said;
        do
            said = await stream.NextAsync();
        while (said == "");
        Assert.Contains("Open", said);
    }

    [Fact]
    public async Task Who_waits_is_listed_as_long_as_their_page_listens_or_asks_and_forgotten_two_minutes_later()
    {
        var session = await WaitingAsync();
        var entries = (await _scene.EventsAsync(session.Id)).Count;
        async Task<bool> IsListedAsync() => (await _app.InScopeAsync<Gatherings, Gathering>(async g => await g.OfAsync(
            await _app.InDatabaseAsync(db => db.Sessions.Include(s => s.Participants).ThenInclude(p => p.User)
                .SingleAsync(s => s.Id == session.Id)), default))).Waiting.Count > 0;
        using (var stream = await AtDoorAsync(session.MenteePart))
        {
            Assert.StartsWith("event: change", await stream.NextAsync());
            for (var i = 0; i < 20; i++)
                await PassAsync(10);
            Assert.True(await IsListedAsync());
        }
        _app.Clock.Advance(TimeSpan.FromSeconds(80));
        using (var asked = await _app.Visitor().GetAsync(await _scene.LinkAsync(session.MenteePart)))
            Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        _app.Clock.Advance(TimeSpan.FromSeconds(110));
        Assert.True(await IsListedAsync());
        // The mentor's page hears that somebody is gone.
        using var page = await Stream.OpenAsync(await _scene.BrowserAsync(session.Mentor), $"/sessions/{session.Id}/live");
        Assert.StartsWith("event: change", await page.NextAsync());
        await PassAsync(12);
        Assert.StartsWith("event: change", await page.NextAsync());
        Assert.False(await IsListedAsync());
        Assert.Equal(entries, (await _scene.EventsAsync(session.Id)).Count);
        using (await _app.Visitor().PostAsync(await _scene.LinkAsync(session.MenteePart), null)) { }
        Assert.True(await IsListedAsync());
    }

    [Fact]
    public async Task Strangers_hear_nothing_and_one_person_has_but_a_few_streams()
    {
        var session = await WaitingAsync();
        foreach (var path in new[] { "/join/guess/live", $"/meeting/{session.Id}/live" })
            using (var answer = await _app.Visitor().GetAsync(path))
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using (var stranger = await (await _scene.BrowserAsync(await _scene.PersonAsync())).GetAsync($"/sessions/{session.Id}/live"))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using (var nobody = await _app.Visitor().GetAsync($"/sessions/{session.Id}/live"))
            Assert.NotEqual(HttpStatusCode.OK, nobody.StatusCode);
        var open = new List<Stream>();
        for (var i = 0; i < 3; i++)
            open.Add(await AtDoorAsync(session.MenteePart));
        using (var more = await AtDoorAsync(session.MenteePart))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, more.Answer.StatusCode);
        using (var other = await AtDoorAsync(session.MentorPart))
            Assert.Equal(HttpStatusCode.OK, other.Answer.StatusCode);
        open.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Two_portals_on_one_database_agree()
    {
        var session = await WaitingAsync();
        await using var second = await PortalApp.StartAsync(a => a.With("Join:WaitingRoom", "MentorAdmits")
            .With("ConnectionStrings:Portal", _app.Database.ConnectionString).With("Data:Folder", _app.DataFolder));
        second.Clock.MoveTo(_app.Clock.GetUtcNow());
        using var stream = await AtDoorAsync(session.MenteePart, second);
        Assert.Contains("WaitingForMentor", await stream.NextAsync());
        await AdmitAsync(session);
        await PassAsync(1, second);
        Assert.Contains("Open", await stream.NextAsync());
    }

    [Fact]
    public async Task Two_hundred_streams_hear_of_every_change_and_keep_nobody_from_the_database()
    {
        var sessions = new List<BookedScene>();
        for (var i = 0; i < 34; i++)
            sessions.Add(await _scene.BookedAsync());
        _scene.GoTo(sessions[0]);
        var streams = new List<Stream>();
        foreach (var session in sessions)
            foreach (var part in new[] { session.MentorPart, session.MenteePart })
                for (var i = 0; i < 3; i++)
                    streams.Add(await AtDoorAsync(part));
        Assert.True(streams.Count >= 200);
        await PassAsync(1);
        Assert.All(await Task.WhenAll(streams.Select(s => s.NextAsync(30))), said => Assert.StartsWith("event: change", said));
        await _app.InDatabaseAsync(async db =>
        {
            db.MeetingEvents.AddRange(sessions.Select(s => new MeetingEvent
            {
                SessionId = s.Id,
                Kind = MeetingEventKind.Left,
                AtUtc = _app.Clock.GetUtcNow(),
            }));
            await db.SaveChangesAsync();
        });
        await PassAsync(1);
        Assert.All(await Task.WhenAll(streams.Select(s => s.NextAsync(30))), said => Assert.StartsWith("event: change", said));
        streams.ForEach(s => s.Dispose());
    }
}
