using System.Net;
using Microsoft.EntityFrameworkCore;
using Tests.Support;

namespace Tests.Sessions.Recordings;

/// <summary>What a recorder of one's own brings.</summary>
[Trait("Clock", "moves")]
public sealed class RecordingUploadTests(RecordingApp recording) : IClassFixture<RecordingApp>
{
    [Fact]
    public async Task It_is_kept_once_however_often_it_comes()
    {
        var session = await recording.HeldAsync();
        var room = await recording.RoomOfAsync(session);
        var blobs = recording.Blobs().Length;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => recording.UploadAsync(room)));
        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        var ids = await Task.WhenAll(answers.Select(async a => (await a.JsonAsync(a.StatusCode)).GetProperty("id").GetGuid()));
        Assert.Equal((await recording.OneAsync(session)).Id, Assert.Single(ids.Distinct()));
        Assert.Equal(blobs + 1, recording.Blobs().Length);
        // A room's name is the same in capitals, and another file is another recording.
        using var second = await recording.UploadAsync(room.ToUpperInvariant(), file: "second.mp4");
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing()
    {
        var session = await recording.HeldAsync();
        var room = await recording.RoomOfAsync(session);
        var blobs = recording.Blobs().Length;
        await (await recording.UploadAsync(room, secret: "a-secret-that-somebody-guessed-wrong")).ProblemAsync(401);
        await (await recording.UploadAsync(room, secret: "")).ProblemAsync(401);
        await (await recording.UploadAsync("nobody-s-room")).ProblemAsync(404);
        await (await recording.UploadAsync("")).ProblemAsync(422);
        await (await recording.UploadAsync(room, file: "")).ProblemAsync(422);
        await (await recording.UploadAsync(room, file: "a\nb")).ProblemAsync(422);
        await (await recording.UploadAsync(room, "<html>no video</html>"u8.ToArray())).ProblemAsync(422);
        await (await recording.UploadAsync(room, [])).ProblemAsync(422);
        await (await recording.UploadAsync(room, [.. RecordingApp.Video, .. new byte[1024 * 1024]])).ProblemAsync(413);
        Assert.Equal(blobs, recording.Blobs().Length);
        Assert.False(await recording.App.InDatabaseAsync(db => db.Recordings.AnyAsync(r => r.SessionId == session.Id)));
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address()
    {
        await using var app = await PortalApp.StartAsync();
        using var answer = await app.Visitor().PostAsync("/api/v1/recordings?room=a&file=b", new ByteArrayContent(RecordingApp.Video));
        await answer.ProblemAsync(404);
    }
}
