using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Pages.Join;

/// <summary>Installations that are stricter, and providers that fail.</summary>
public sealed class JoinPoliciesTests
{
    private static async Task<(HttpStatusCode Status, Uri? To, string Text)> PostAsync(HttpClient client, string link)
    {
        using var answer = await client.PostAsync(link, null);
        return (answer.StatusCode, answer.Headers.Location, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Where_a_ticket_alone_is_not_enough_its_owner_must_be_signed_in()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Join:TicketAlone", "false"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MenteePart);
        scene.GoTo(session);

        var visitor = await PostAsync(app.Visitor(), link);
        Assert.Equal((HttpStatusCode.OK, null), (visitor.Status, visitor.To));
        Assert.Contains("data-decision=\"SignInNeeded\"", visitor.Text);
        Assert.Contains($"/account/sign-in?returnUrl={Uri.EscapeDataString(link)}", visitor.Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(await scene.BrowserAsync(session.Mentor), link)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(await scene.BrowserAsync(session.Mentee), link)).Status);
    }

    [Fact]
    public async Task Where_the_mentor_opens_the_room_the_mentee_waits_for_the_mentor()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Join:WaitingRoom", "UntilMentorJoins"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var (mentor, mentee) = (await scene.LinkAsync(session.MentorPart), await scene.LinkAsync(session.MenteePart));
        scene.GoTo(session);

        var waiting = await PostAsync(app.Visitor(), mentee);
        Assert.Equal(HttpStatusCode.OK, waiting.Status);
        Assert.Contains("data-decision=\"WaitingForMentor\"", waiting.Text);
        using (await app.Visitor().GetAsync(mentor)) { } // looking is not joining
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(app.Visitor(), mentee)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(app.Visitor(), mentor)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(app.Visitor(), mentee)).Status);

        // At another time the mentor opens the room anew, however early they came to the first one.
        await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.StartUtc, session.Start.AddDays(1))));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Contains("data-decision=\"WaitingForMentor\"", (await PostAsync(app.Visitor(), mentee)).Text);
    }

    [Fact]
    public async Task The_door_opens_when_the_installation_says_so()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Join:OpensMinutesBefore", "5")
            .With("Join:SessionOverrunMinutes", "0"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MenteePart);
        var found = new List<HttpStatusCode>();
        foreach (var minute in new[] { -6, -5, 59, 60 })
        {
            scene.GoTo(session, minute);
            found.Add((await PostAsync(app.Visitor(), link)).Status);
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Gone], found);
    }

    [Fact]
    public async Task A_provider_that_fails_is_a_page_to_try_again_on_and_never_a_crash()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        var link = await scene.LinkAsync(session.MenteePart);
        scene.GoTo(session);
        // A stored handle that the plugin takes for no room of its own.
        await scene.ChangeLinkAsync(session.Id, l => l.Handle = "no room/at all");

        using var answer = await app.Visitor().PostAsync(link, null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta);
        Assert.Contains($"data-decision=\"{JoinDecision.ProviderFailed}\"", await answer.Content.ReadAsStringAsync());
        Assert.Contains(await scene.EventsAsync(session.Id),
            e => e.Kind == Portal.Sessions.Live.MeetingEventKind.ProviderFailed && e.ParticipantId == session.MenteePart);
        Assert.Empty(app.Log.Errors);

        var program = await scene.ProgramAsync(session.Mentee);
        using var refused = await program.PostAsync($"/api/mentoring/session/{session.Id}/join", null);
        Assert.Equal("providerFailed", (await refused.ProblemAsync(503)).GetProperty("decision").GetString());
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_meeting_that_is_not_made_yet_is_waited_for()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        await scene.ChangeLinkAsync(session.Id, l => l.State = Portal.Sessions.Rooms.MeetingLinkState.Pending);
        var answer = await PostAsync(app.Visitor(), await scene.LinkAsync(session.MenteePart));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("data-decision=\"Preparing\"", answer.Text);
    }
}
