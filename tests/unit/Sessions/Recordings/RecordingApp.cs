using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Recordings;
using Tests.Support;

namespace Tests.Sessions.Recordings;

/// <summary>A portal whose meetings may be recorded, and what its people and its recorder do.</summary>
public sealed class RecordingApp : IAsyncLifetime
{
    public const string Secret = "a-secret-of-the-recorder-for-testing";

    public static readonly byte[] Video = [0, 0, 0, 24, .. "ftypisom"u8, .. Encoding.ASCII.GetBytes(new string('v', 5_000))];

    public PortalApp App { get; private set; } = null!;

    internal Scene Scene { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = await PortalApp.StartAsync(a => a
            .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
            .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing")
            .With("Providers:jitsi:Recording", "On").With("Recordings:UploadSecret", Secret).With("Recordings:MaxMegabytes", "1"));
        Scene = new(App);
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>Through the door, with an answer or without.</summary>
    internal async Task<(HttpClient Browser, HttpStatusCode Status)> KnockAsync(Guid participant, string? answer)
    {
        var browser = App.Visitor();
        var fields = answer is null ? [] : new Dictionary<string, string> { ["recording"] = answer };
        using var door = await browser.PostAsync(await Scene.LinkAsync(participant), new FormUrlEncodedContent(fields));
        return (browser, door.StatusCode);
    }

    /// <summary>Into the room, as its page tells.</summary>
    internal async Task<HttpClient> EnterAsync(BookedScene session, Guid participant, string answer = "yes.en")
    {
        var (browser, status) = await KnockAsync(participant, answer);
        Assert.Equal(HttpStatusCode.SeeOther, status);
        using var told = await browser.PostAsJsonAsync($"/meeting/{session.Id}?handler=Report", new { page = Guid.NewGuid(), @in = true });
        Assert.Equal(HttpStatusCode.NoContent, told.StatusCode);
        return browser;
    }

    internal async Task<BookedScene> HeldAsync(string mentor = "yes.en", string mentee = "yes.en")
    {
        var session = await Scene.BookedAsync();
        Scene.GoTo(session, 1);
        await EnterAsync(session, session.MentorPart, mentor);
        await EnterAsync(session, session.MenteePart, mentee);
        return session;
    }

    internal Task<string> RoomOfAsync(BookedScene session) => App.InDatabaseAsync(db =>
        db.MeetingLinks.Where(l => l.SessionId == session.Id).Select(l => l.Handle!).SingleAsync());

    internal async Task<HttpResponseMessage> UploadAsync(
        string room, byte[]? video = null, string file = "lesson.mp4", string secret = Secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post,
            $"/api/v1/recordings?room={Uri.EscapeDataString(room)}&file={Uri.EscapeDataString(file)}")
        { Content = new ByteArrayContent(video ?? Video) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        return await App.Visitor().SendAsync(request);
    }

    internal async Task<Recording> RecordedAsync(BookedScene session)
    {
        using var answer = await UploadAsync(await RoomOfAsync(session));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await OneAsync(session);
    }

    internal Task<Recording> OneAsync(BookedScene session) => App.InDatabaseAsync(db =>
        db.Recordings.AsNoTracking().SingleAsync(r => r.SessionId == session.Id));

    internal string[] Blobs() =>
        Directory.GetFiles(Directory.CreateDirectory(Path.Combine(App.DataFolder, "files")).FullName);
}
