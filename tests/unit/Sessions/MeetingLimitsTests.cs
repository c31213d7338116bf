using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>Meetings that last too long, or go on without their mentor.</summary>
[Trait("Clock", "moves")]
public sealed class MeetingLimitsTests
{
    private static readonly DateTimeOffset Start = TestClock.Anchor;

    private static DateTimeOffset? At(int? minute) => minute is { } m ? Start.AddMinutes(m) : null;

    [Theory]
    // Began, the mentor left, longest, after the mentor; ends.
    [InlineData(5, 20, 0, 0, null)]
    [InlineData(null, null, 60, 10, null)]
    [InlineData(5, null, 60, 10, 65)]
    [InlineData(5, 20, 60, 10, 30)]
    [InlineData(5, 20, 60, 0, 65)]
    [InlineData(5, 58, 60, 10, 65)]
    [InlineData(5, 20, 0, 10, 30)]
    // What was before the start counts from there.
    [InlineData(-10, -5, 60, 10, 10)]
    [InlineData(-10, null, 60, 10, 60)]
    public void When_a_meeting_ends(int? began, int? left, int longest, int after, int? ends) => Assert.Equal(
        At(ends), MeetingLimits.EndsAt(Start, new(new Dictionary<Guid, DateTimeOffset>(), new HashSet<Guid>(), true, At(began), At(left)),
        new() { MaxMinutes = longest, EndsAfterMentorLeftMinutes = after }));

    [Fact]
    public async Task A_meeting_whose_mentor_stays_away_is_complete_and_those_inside_are_led_out()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Providers:jitsi:Mode", "SelfHosted")
            .With("Providers:jitsi:Domain", "meet.example.org").With("Providers:jitsi:AppId", "portal")
            .With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing").With("Join:EndsAfterMentorLeftMinutes", "10"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        var (mentor, mentee) = (app.Visitor(), app.Visitor());
        foreach (var (browser, part) in new[] { (mentor, session.MentorPart), (mentee, session.MenteePart) })
            using (await browser.PostAsync(await scene.LinkAsync(part), null)) { }
        async Task<int> RunAsync() => await app.InScopeAsync<MeetingLimits, int>(l => l.RunAsync(default));
        async Task<bool> MustGoAsync() => (await (await mentee.GetAsync($"/meeting/{session.Id}?handler=State&room=1"))
            .JsonAsync(HttpStatusCode.OK)).GetProperty("go").GetBoolean();
        scene.GoTo(session, 20);
        Assert.Equal(0, await RunAsync());
        var goodbye = new { page = Guid.NewGuid(), @in = false, end = "left" };
        using (await mentor.PostAsJsonAsync($"/meeting/{session.Id}?handler=Report", goodbye)) { }
        scene.GoTo(session, 29);
        Assert.Equal((0, false), (await RunAsync(), await MustGoAsync()));
        scene.GoTo(session, 30);
        Assert.Equal((1, true), (await RunAsync(), await MustGoAsync()));
        Assert.Equal(SessionState.Completed, await app.InDatabaseAsync(db => db.Sessions.Select(s => s.State).SingleAsync()));
        using var again = await mentee.GetAsync($"/meeting/{session.Id}");
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_ended_and_who_talks_on_after_the_door_has_closed_is_not_sent_away()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        using (await app.Visitor().PostAsync(await scene.LinkAsync(session.MentorPart), null)) { }
        scene.GoTo(session, 80);
        Assert.Equal(0, await app.InScopeAsync<MeetingLimits, int>(l => l.RunAsync(default)));
    }
}
