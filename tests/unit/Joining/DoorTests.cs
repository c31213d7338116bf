using System.Net;
using System.Net.Http.Json;
using Portal.People.Profile;
using Portal.Sessions.Live;
using Tests.People;
using Tests.Support;

namespace Tests.Joining;

/// <summary>The door itself: who waits before it, and who may come in.</summary>
[Trait("Clock", "moves")]
public sealed class DoorTests
{
    [Fact]
    public async Task Pages_that_wait_behind_one_address_do_not_stand_in_each_others_way_and_leave_one_entry_each()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("RateLimits:Enabled", "true").With("RateLimits:JoinPerMinute", "6")
            .With("RateLimits:JoinPerAddressPerMinute", "30").With("Join:WaitingRoom", "UntilMentorJoins"));
        var scene = new Scene(app);
        var sessions = new[] { await scene.BookedAsync(), await scene.BookedAsync(), await scene.BookedAsync() };
        scene.GoTo(sessions[0]);
        foreach (var session in sessions)
        {
            var link = await scene.LinkAsync(session.MenteePart);
            for (var i = 0; i < 6; i++)
            {
                using var waits = await app.Visitor().PostAsync(link, null);
                Assert.Equal(HttpStatusCode.OK, waits.StatusCode);
            }
            using var much = await app.Visitor().PostAsync(link, null);
            Assert.Equal((HttpStatusCode.TooManyRequests, "10"), (much.StatusCode, much.Headers.GetValues("Refresh").Single()));
            Assert.Equal(TimeSpan.FromSeconds(10), much.Headers.RetryAfter?.Delta);
            Assert.Single(await scene.EventsAsync(session.Id), e => e.Decision == JoinDecision.WaitingForMentor);
        }
        // Trying links one after the other is counted by the address.
        var tried = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++)
        {
            using var answer = await app.Visitor().GetAsync($"/join/guess{i}");
            tried.Add(answer.StatusCode);
        }
        Assert.Contains(HttpStatusCode.TooManyRequests, tried);
    }

    [Fact]
    public async Task Another_answer_at_the_door_is_another_entry()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Join:WaitingRoom", "UntilMentorJoins"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MenteePart);
        foreach (var minute in new[] { -60, -50, -5, -4, 0 })
        {
            scene.GoTo(session, minute);
            using (await app.Visitor().PostAsync(link, null)) { }
        }
        Assert.Equal([JoinDecision.TooEarly, JoinDecision.WaitingForMentor],
            (await scene.EventsAsync(session.Id)).Where(e => e.Kind == MeetingEventKind.Refused).Select(e => e.Decision));
    }

    [Fact]
    public async Task A_room_that_the_mentor_opened_early_is_closed_again_at_the_new_time()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Join:WaitingRoom", "UntilMentorJoins"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session, -10);
        using (await app.Visitor().PostAsync(await scene.LinkAsync(session.MentorPart), null)) { }
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var moved = await (await scene.ProgramAsync(session.Mentor)).PostAsJsonAsync($"/api/v1/sessions/{session.Id}/move",
            new { start = session.Start.AddHours(1) });
        Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync());
        scene.GoTo(session, 60);
        using var waits = await app.Visitor().PostAsync(await scene.LinkAsync(session.MenteePart), null);
        Assert.Contains("data-decision=\"WaitingForMentor\"", await waits.Content.ReadAsStringAsync());
        using (await app.Visitor().PostAsync(await scene.LinkAsync(session.MentorPart), null)) { }
        using var open = await app.Visitor().PostAsync(await scene.LinkAsync(session.MenteePart), null);
        Assert.Equal(HttpStatusCode.SeeOther, open.StatusCode);
    }

    [Fact]
    public async Task Where_a_ticket_alone_is_not_enough_guests_still_come_in_by_theirs_and_nobody_else_by_it()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Join:TicketAlone", "false"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var mentor = await scene.ProgramAsync(session.Mentor);
        async Task<string> InvitedAsync(object guest)
        {
            using var answer = await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/invite", guest);
            return await scene.LinkAsync((await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid());
        }
        var (named, unnamed) = (await InvitedAsync(new { email = "huda@people.example", name = "Huda" }), await InvitedAsync(new { }));
        scene.GoTo(session);
        var stranger = await scene.BrowserAsync(await scene.PersonAsync());
        var name = new FormUrlEncodedContent([KeyValuePair.Create("name", "Stranger")]);
        foreach (var link in new[] { named, unnamed })
        {
            using var refused = await stranger.PostAsync(link, name);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        using var guest = await app.Visitor().PostAsync(named, null);
        using var second = await app.Visitor().PostAsync(unnamed, new FormUrlEncodedContent([KeyValuePair.Create("name", "Guest")]));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (guest.StatusCode, second.StatusCode));
        Assert.DoesNotContain(await app.InDatabaseAsync(db => Task.FromResult(db.Participants.Select(p => p.OwnName).ToList())),
            n => n == "Stranger");
    }

    [Fact]
    public async Task The_picture_in_a_token_can_be_fetched_without_a_session_until_the_meeting_is_over_and_by_the_token_of_the_API()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Portal:PublicUrl", "https://portal.test"));
        var scene = new Scene(app);
        var person = await scene.PersonAsync();
        await app.InScopeAsync<Pictures>(p => p.SaveAsync(person.Id, new MemoryStream(Samples.Png()), Samples.Png().Length, default));
        var version = (await app.InScopeAsync<Pictures, string?>(p => p.VersionOfAsync(person.Id, default)))!;
        var until = app.Clock.GetUtcNow().AddHours(1);
        var address = (await app.InScopeAsync<PictureLinks, Uri?>(l => Task.FromResult(l.PublicAddressOf(person.Id, version, until))))!;
        Assert.Equal("https", address.Scheme);
        Assert.True(address.AbsoluteUri.Length <= 500);

        async Task<HttpStatusCode> FetchAsync(HttpClient client, string path)
        {
            using var answer = await client.GetAsync(path);
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, await FetchAsync(app.Visitor(), address.PathAndQuery));
        Assert.NotEqual(HttpStatusCode.OK, await FetchAsync(app.Visitor(), address.AbsolutePath));
        var others = address.PathAndQuery.Replace(person.Id.ToString(), $"{Guid.NewGuid()}");
        Assert.NotEqual(HttpStatusCode.OK, await FetchAsync(app.Visitor(), others));
        var program = await scene.ProgramAsync(person);
        var account = await (await program.GetAsync("/api/v1/account")).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await FetchAsync(program, account.GetProperty("pictureUrl").GetString()!));
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual(HttpStatusCode.OK, await FetchAsync(app.Visitor(), address.PathAndQuery));
    }

    [Fact]
    public async Task Without_https_no_picture_is_given_away()
    {
        await using var app = await PortalApp.StartAsync();
        Assert.Null(await app.InScopeAsync<PictureLinks, Uri?>(l => Task.FromResult(
            l.PublicAddressOf(Guid.NewGuid(), "0123", app.Clock.GetUtcNow().AddHours(1)))));
    }
}
