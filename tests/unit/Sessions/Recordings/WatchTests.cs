using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Portal.Jobs;
using Portal.People.Accounts;
using Portal.Sessions.Files;
using Portal.Sessions.Recordings;
using Tests.Support;

namespace Tests.Sessions.Recordings;

/// <summary>Who was there watches; for how long, and who takes it away.</summary>
[Trait("Clock", "moves")]
public sealed class WatchTests(RecordingApp recording) : IClassFixture<RecordingApp>
{
    private readonly PortalApp _app = recording.App;
    private readonly Scene _scene = recording.Scene;

    private static string PathOf(Recording one) => $"/sessions/{one.SessionId}/recordings/{one.Id}";

    private async Task<HttpStatusCode> WatchAsync(Portal.People.PortalUser who, Recording one) =>
        (await (await _scene.BrowserAsync(who)).GetAsync(PathOf(one))).StatusCode;

    [Fact]
    public async Task It_comes_in_the_pieces_that_a_player_asks_for()
    {
        var session = await recording.HeldAsync();
        var one = await recording.RecordedAsync(session);
        var browser = await _scene.BrowserAsync(session.Mentee);
        Assert.Contains($"src=\"{PathOf(one)}\"", await browser.GetStringAsync($"/sessions/{session.Id}"));
        using (var whole = await browser.GetAsync(PathOf(one)))
        {
            Assert.Equal((HttpStatusCode.OK, "video/mp4"), (whole.StatusCode, whole.Content.Headers.ContentType!.MediaType));
            Assert.Equal(RecordingApp.Video, await whole.Content.ReadAsByteArrayAsync());
            Assert.True(whole.Headers.CacheControl!.Private);
            Assert.Equal("bytes", whole.Headers.AcceptRanges.Single());
        }
        var request = new HttpRequestMessage(HttpMethod.Get, PathOf(one)) { Headers = { Range = new RangeHeaderValue(4, 11) } };
        using var piece = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, piece.StatusCode);
        Assert.Equal("ftypisom"u8.ToArray(), await piece.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Nobody_watches_who_was_not_there_or_is_not_in_it_any_more()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        await recording.EnterAsync(session, session.MentorPart);
        // The mentee agreed at the door and never came into the room.
        await recording.KnockAsync(session.MenteePart, "yes.en");
        var one = await recording.RecordedAsync(session);
        Assert.Equal(HttpStatusCode.OK, await WatchAsync(session.Mentor, one));
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(session.Mentee, one));
        Assert.DoesNotContain(PathOf(one), await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync($"/sessions/{session.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(await _scene.AdminAsync(), one));
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(await _scene.PersonAsync(), one));
        var other = await recording.HeldAsync();
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(other.Mentee, one));
        using var crossed = await (await _scene.BrowserAsync(other.Mentee)).GetAsync($"/sessions/{other.Id}/recordings/{one.Id}");
        Assert.Equal(HttpStatusCode.NotFound, crossed.StatusCode);
        using var stranger = await _app.Visitor().GetAsync(PathOf(one));
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);

        var seen = await recording.HeldAsync();
        var theirs = await recording.RecordedAsync(seen);
        Assert.Equal(HttpStatusCode.OK, await WatchAsync(seen.Mentee, theirs));
        await (await _scene.ProgramAsync(seen.Mentor))
            .PostAsync($"/api/mentoring/session/{seen.Id}/participants/{seen.MenteePart}/withdraw-link", null);
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(seen.Mentee, theirs));
    }

    [Fact]
    public async Task Nobody_watches_until_everybody_who_was_there_has_agreed()
    {
        var session = await recording.HeldAsync(mentee: "no.en");
        var one = await recording.RecordedAsync(session);
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(session.Mentor, one));
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(session.Mentee, one));
        var (mentor, mentee) = (await _scene.BrowserAsync(session.Mentor), await _scene.BrowserAsync(session.Mentee));
        Assert.Contains("does not agree to being recorded", await mentor.GetStringAsync($"/sessions/{session.Id}"));
        Assert.DoesNotContain("does not agree to being recorded", await mentee.GetStringAsync($"/sessions/{session.Id}"));
        async Task SayAsync(string answer)
        {
            using var said = await Forms.PostAsync(mentee, $"/sessions/{session.Id}", new() { ["recording"] = answer },
                $"/sessions/{session.Id}/recordings?handler=Consent");
            Assert.Equal(HttpStatusCode.Redirect, said.StatusCode);
        }
        await SayAsync("yes.en");
        Assert.Equal(HttpStatusCode.OK, await WatchAsync(session.Mentor, one));
        // And takes back the word.
        await SayAsync("no.en");
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(session.Mentor, one));
    }

    [Fact]
    public async Task The_mentor_alone_adds_a_link_and_deletes_what_is_there()
    {
        var session = await recording.HeldAsync();
        var one = await recording.RecordedAsync(session);
        async Task<HttpStatusCode> PostAsync(Portal.People.PortalUser who, string handler, Dictionary<string, string> fields)
        {
            using var answer = await Forms.PostAsync(await _scene.BrowserAsync(who), "/account/profile", fields,
                $"/sessions/{session.Id}/recordings?handler={handler}");
            return answer.StatusCode;
        }
        var link = new Dictionary<string, string> { ["link"] = "https://video.example/watch?v=1" };
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(session.Mentee, "Link", link));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(await _scene.AdminAsync(), "Link", link));
        foreach (var wrong in new[] { "", "http://video.example/", "javascript:alert(1)", "https://user:pass@video.example/", "video.example" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(session.Mentor, "Link", new() { ["link"] = wrong }));
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.Redirect, await PostAsync(session.Mentor, "Link", link));
        Assert.Equal(2, await _app.InDatabaseAsync(db => db.Recordings.CountAsync(r => r.SessionId == session.Id)));
        Assert.Contains("https://video.example/watch?v=1", WebUtility.HtmlDecode(
            await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync($"/sessions/{session.Id}")));

        var gone = new Dictionary<string, string> { ["recording"] = $"{one.Id}" };
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(session.Mentee, "Delete", gone));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(await _scene.AdminAsync(), "Delete", gone));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(session.Mentor, "Delete", gone));
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(session.Mentor, one));
        Assert.DoesNotContain(recording.Blobs(), b => b.EndsWith(one.BlobKey!, StringComparison.Ordinal));
        Assert.Equal(1, await _app.InDatabaseAsync(db => db.AuditEntries.CountAsync(a =>
            a.Subject == $"session:{session.Id}" && a.Action == "session.delete-recording" && a.ActorId == session.Mentor.Id)));
        // The recorder's second try brings nothing back.
        using var again = await recording.UploadAsync(await recording.RoomOfAsync(session));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await WatchAsync(session.Mentor, one));
    }

    [Fact]
    public async Task After_its_time_it_is_gone_and_its_row_says_since_when()
    {
        var session = await recording.HeldAsync();
        var one = await recording.RecordedAsync(session);
        var path = recording.Blobs().Single(b => b.EndsWith(one.BlobKey!, StringComparison.Ordinal));
        _app.Clock.MoveTo(one.AddedUtc.AddDays(89));
        await _app.InScopeAsync<Retention, int>(r => r.RunAsync(default));
        Assert.True(File.Exists(path));
        Assert.Null((await recording.OneAsync(session)).RemovedUtc);
        _app.Clock.MoveTo(one.AddedUtc.AddDays(90));
        await _app.InScopeAsync<Retention, int>(r => r.RunAsync(default));
        Assert.False(File.Exists(path));
        var left = await recording.OneAsync(session);
        Assert.Equal((_app.Clock.GetUtcNow(), null, null), (left.RemovedUtc, left.BlobKey, left.Link));
    }

    [Fact]
    public async Task Bytes_without_a_row_are_cleaned_up_after_a_day_and_others_never()
    {
        var session = await recording.HeldAsync();
        var one = await recording.RecordedAsync(session);
        var store = Path.Combine(_app.DataFolder, "files");
        var (old, young) = (Path.Combine(store, new string('a', 32)), Path.Combine(store, new string('b', 32)));
        foreach (var (path, age) in new[] { (old, TimeSpan.FromHours(25)), (young, TimeSpan.FromHours(23)) })
        {
            await File.WriteAllTextAsync(path, "x");
            File.SetLastWriteTimeUtc(path, (_app.Clock.GetUtcNow() - age).UtcDateTime);
        }
        await _app.InScopeAsync<BlobCleanUp, int>(c => c.RunAsync(default));
        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
        _app.Clock.Advance(TimeSpan.FromDays(3));
        await _app.InScopeAsync<BlobCleanUp, int>(c => c.RunAsync(default));
        Assert.False(File.Exists(young));
        Assert.Contains(recording.Blobs(), b => b.EndsWith(one.BlobKey!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_mentor_s_own_links_go_with_the_account()
    {
        var session = await recording.HeldAsync();
        await _app.InScopeAsync<SessionRecordings>(r => r.AddLinkAsync(session.Id, "https://video.example/mine", new(session.Mentor.Id, false), default));
        _app.Clock.MoveTo(session.End.AddDays(1));
        await _app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(session.Mentor.Id, default));
        var left = await recording.OneAsync(session);
        Assert.Equal((null, null, true), (left.Link, left.AddedBy, left.RemovedUtc is not null));
    }
}
