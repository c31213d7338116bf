using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Providers;
using Tests.Support;

namespace Tests.Sessions.Recordings;

/// <summary>What a tool keeps for a day is fetched before that is over.</summary>
[Trait("Clock", "moves")]
public sealed class RecordingFetchTests(RecordingApp recording) : IClassFixture<RecordingApp>
{
    private static int _count;
    private readonly PortalApp _app = recording.App;

    private async Task<(BookedScene Session, string Address)> ToldAsync()
    {
        var session = await recording.HeldAsync();
        var (address, room) = ($"https://files{Interlocked.Increment(ref _count)}.example/r.mp4?key=secret", await recording.RoomOfAsync(session));
        await recording.Scene.ChangeLinkAsync(session.Id, l => l.ToolKey = l.Handle);
        var sign = new MeetingSign($"r-{_count}", MeetingSignKind.Recorded, room, _app.Clock.GetUtcNow())
        {
            Recording = new(new(address), _app.Clock.GetUtcNow().AddHours(24)) { Start = session.Start, Length = TimeSpan.FromMinutes(31) },
        };
        Assert.Equal(1, await _app.InScopeAsync<ToolSigns, int>(s => s.WriteAsync("jitsi", [sign], default)));
        Assert.Equal(0, await _app.InScopeAsync<ToolSigns, int>(s => s.WriteAsync("jitsi", [sign], default)));
        return (session, address);
    }

    private int Asked(string address) => _app.Internet.Requests.Count(r => r == "GET " + address);

    private Task<int> FetchAsync() => _app.InScopeAsync<RecordingFetch, int>(f => f.FetchDueAsync(default));

    private static HttpResponseMessage Redirect(string to) =>
        new(HttpStatusCode.Found) { Headers = { Location = new(to, UriKind.RelativeOrAbsolute) } };

    [Fact]
    public async Task It_is_fetched_once_and_its_address_forgotten()
    {
        var (session, address) = await ToldAsync();
        var waiting = await recording.OneAsync(session);
        Assert.True(waiting.IsComing);
        Assert.DoesNotContain("files", waiting.FetchFrom!);
        _app.Internet.Answer(address, _ => new(HttpStatusCode.OK) { Content = new ByteArrayContent(RecordingApp.Video) });
        await FetchAsync();
        await FetchAsync();
        var kept = await recording.OneAsync(session);
        Assert.Equal((true, null, "video/mp4", RecordingApp.Video.Length, session.Start, 31 * 60),
            (kept.IsThere, kept.FetchFrom, kept.ContentType, kept.Size, kept.StartUtc, kept.LengthSeconds));
        Assert.Equal(1, Asked(address));
        using var watched = await (await recording.Scene.BrowserAsync(session.Mentee)).GetAsync($"/sessions/{session.Id}/recordings/{kept.Id}");
        Assert.Equal(RecordingApp.Video, await watched.Content.ReadAsByteArrayAsync());
        Assert.DoesNotContain("key=secret", _app.Log.Text);
    }

    [Fact]
    public async Task A_server_that_fails_is_asked_again_until_its_time_is_over()
    {
        var (session, address) = await ToldAsync();
        _app.Internet.Answer(address, _ => new(HttpStatusCode.ServiceUnavailable));
        await FetchAsync();
        Assert.True((await recording.OneAsync(session)).IsComing);
        await FetchAsync();
        Assert.Equal(1, Asked(address));
        _app.Clock.Advance(TimeSpan.FromMinutes(10));
        await FetchAsync();
        Assert.Equal(2, Asked(address));
        _app.Clock.Advance(TimeSpan.FromHours(24));
        await FetchAsync();
        var lost = await recording.OneAsync(session);
        Assert.Equal((true, null), (lost.IsLost, lost.FetchFrom));
    }

    [Theory]
    [InlineData("https://elsewhere.example/r.mp4", true)]
    [InlineData("/there.mp4", true)]
    [InlineData("http://elsewhere.example/r.mp4", false)]
    [InlineData("ftp://elsewhere.example/r.mp4", false)]
    public async Task It_is_followed_by_https_alone(string to, bool arrives)
    {
        var (session, address) = await ToldAsync();
        _app.Internet.Answer(address, _ => Redirect(to));
        foreach (var end in new[] { "https://elsewhere.example/", new Uri(new Uri(address), "/there").AbsoluteUri, "http://elsewhere.example/" })
            _app.Internet.Answer(end, _ => new(HttpStatusCode.OK) { Content = new ByteArrayContent(RecordingApp.Video) });
        await FetchAsync();
        var one = await recording.OneAsync(session);
        Assert.Equal((arrives, !arrives), (one.IsThere, one.IsLost));
        Assert.DoesNotContain(_app.Internet.Requests, r => r.StartsWith("GET http:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_recording_or_too_large_or_without_end_is_not_kept()
    {
        var blobs = recording.Blobs().Length;
        foreach (var answer in new Func<HttpRequestMessage, HttpResponseMessage>[]
        {
            _ => new(HttpStatusCode.OK) { Content = new StringContent("<html>sign in</html>") },
            _ => new(HttpStatusCode.OK) { Content = new ByteArrayContent([.. RecordingApp.Video, .. new byte[1024 * 1024]]) },
            request => Redirect(request.RequestUri!.AbsoluteUri),
        })
        {
            var (session, address) = await ToldAsync();
            _app.Internet.Answer(address, answer);
            await FetchAsync();
            Assert.True((await recording.OneAsync(session)).IsLost);
        }
        Assert.Equal(blobs, recording.Blobs().Length);
    }

    [Fact]
    public async Task One_that_was_deleted_meanwhile_is_not_brought_back()
    {
        var (session, address) = await ToldAsync();
        var blobs = recording.Blobs().Length;
        _app.Internet.Answer(address, async (_, cancel) =>
        {
            await _app.InDatabaseAsync(db => db.Recordings.Where(r => r.SessionId == session.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemovedUtc, _app.Clock.GetUtcNow()), cancel));
            return new(HttpStatusCode.OK) { Content = new ByteArrayContent(RecordingApp.Video) };
        });
        await FetchAsync();
        Assert.Null((await recording.OneAsync(session)).BlobKey);
        Assert.Equal(blobs, recording.Blobs().Length);
    }
}
