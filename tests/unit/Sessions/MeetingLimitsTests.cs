using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Attending;
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
        At(ends), MeetingLimits.EndsAt(Start, new(new Dictionary<Guid, DateTimeOffset>(), new HashSet<Guid>(), Start, At(began), At(left)),
        new() { MaxMinutes = longest, EndsAfterMentorLeftMinutes = after }));

    private static RoomStay Stay(Guid who, double from, double until, StayEnd? end = null) =>
        new() { ParticipantId = who, FromUtc = Start.AddMinutes(from), UntilUtc = Start.AddMinutes(until), End = end };

    [Theory]
    // The mentor's stay, its end, the mentee's stay; now, last let in at, left by the door's word; away since.
    [InlineData(0, 20, null, 0, 21, 21, 0, null, null)]
    [InlineData(0, 20, null, 0, 30, 30, 0, null, 20.0)]
    [InlineData(0, 20, StayEnd.Left, 0, 20, 20, 0, 20, 20.0)]
    [InlineData(0, 20, StayEnd.Dropped, 0, 20, 20, 0, null, 20.0)]
    // Nobody else was heard of either: it was the portal that did not hear.
    [InlineData(0, 20, null, 0, 20, 40, 0, null, null)]
    [InlineData(0, 20, null, 39, 40, 40, 0, null, null)]
    [InlineData(0, 20, null, 38, 40, 40, 0, null, 20.0)]
    // On the way in again.
    [InlineData(0, 20, StayEnd.Closed, 0, 30, 30, 29, null, 29.0)]
    // Left by one tab while the other goes on.
    [InlineData(0, 30, null, 0, 30, 30, 0, 20, null)]
    public void Since_when_the_mentors_page_is_away(
        double from, double until, StayEnd? end, double others, double othersUntil, double now, double joined, int? left, double? away)
    {
        var (mentor, mentee) = (Guid.NewGuid(), Guid.NewGuid());
        var seen = new Seen(new Dictionary<Guid, DateTimeOffset>(), new HashSet<Guid>(), Start.AddMinutes(joined), Start, At(left));
        Assert.Equal(away is { } minutes ? Start.AddMinutes(minutes) : null, MentorAway.Since(
            mentor, [Stay(mentor, from, until, end), Stay(mentee, others, othersUntil)], seen, Start.AddMinutes(now)));
    }

    [Fact]
    public void Of_a_mentor_whose_page_told_of_no_room_the_door_alone_knows() => Assert.Equal(At(7), MentorAway.Since(
        Guid.NewGuid(), [], new(new Dictionary<Guid, DateTimeOffset>(), new HashSet<Guid>(), Start, Start, At(7)), Start.AddMinutes(9)));

    [Fact]
    public async Task A_mentor_whose_battery_died_has_left_as_well()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Providers:jitsi:Mode", "SelfHosted")
            .With("Providers:jitsi:Domain", "meet.example.org").With("Providers:jitsi:AppId", "portal")
            .With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing").With("Join:EndsAfterMentorLeftMinutes", "10"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        var (mentor, mentee) = (app.Visitor(), app.Visitor());
        var (mentors, mentees) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var (browser, part) in new[] { (mentor, session.MentorPart), (mentee, session.MenteePart) })
            using (await browser.PostAsync(await scene.LinkAsync(part), null)) { }
        Task<int> RunAsync() => app.InScopeAsync<MeetingLimits, int>(l => l.RunAsync(default));
        async Task ReportAsync(HttpClient browser, Guid page)
        {
            using var answer = await browser.PostAsJsonAsync($"/meeting/{session.Id}?handler=Report", new { page, @in = true });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
        for (var minute = 0; minute <= 15; minute++)
        {
            scene.GoTo(session, minute);
            await ReportAsync(mentee, mentees);
            if (minute <= 5)
                await ReportAsync(mentor, mentors);
            Assert.Equal(minute == 15 ? 1 : 0, await RunAsync());
        }
    }

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
