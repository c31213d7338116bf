using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Api;

public sealed class ToggleApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Own = "https://meet.google.com/abc-defg-hij";
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> ToggleAsync(HttpClient client, Guid id, string? externalMeetingUrl) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{id}/toggle", new { externalMeetingUrl });

    [Fact]
    public async Task A_session_goes_to_an_address_of_the_mentors_and_back_while_the_link_stays()
    {
        await using var own = await PortalApp.StartAsync();
        var scene = new Scene(own);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        var mentor = await scene.ProgramAsync(session.Mentor);
        async Task<string> Target()
        {
            using var pressed = await own.Visitor().PostAsync(await scene.LinkAsync(session.MenteePart), null);
            return pressed.Headers.Location!.AbsoluteUri;
        }
        var before = await Target();
        using var there = await ToggleAsync(mentor, session.Id, Own);
        Assert.Equal((HttpStatusCode.NoContent, Own), (there.StatusCode, await Target()));
        using var back = await ToggleAsync(mentor, session.Id, null);
        var after = await Target();
        Assert.StartsWith(new Uri(before).GetLeftPart(UriPartial.Authority), after);
        // The room of before is not used again.
        Assert.NotEqual(new Uri(before).AbsolutePath, new Uri(after).AbsolutePath);
        var mails = (await scene.MailsAsync(session.Id)).Where(m => m.Kind == "RoomChanged").ToList();
        Assert.Equal((2, 2), (mails.Count(m => m.ToAddress == session.Mentee.Email),
            mails.Count(m => m.ToAddress == session.Mentor.Email)));
        Assert.Equal(4, mails.Count);
        Assert.DoesNotContain(mails, m => m.Model.Contains("google", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_address_was_put_in_place_there_is_nothing_to_go_back_to()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        using (await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/use-default-tool", new { })) { }
        using var back = await ToggleAsync(mentor, session.Id, null);
        await back.ProblemAsync(409);
    }

    [Fact]
    public async Task With_the_mentors_role_gone_a_session_still_gets_other_rooms()
    {
        var session = await _scene.BookedAsync();
        await app.InDatabaseAsync(db => db.UserRoles.Where(r => r.UserId == session.Mentor.Id).ExecuteDeleteAsync());
        using var there = await ToggleAsync((await _scene.KeyHolderAsync()).Client, session.Id, Own);
        Assert.Equal(HttpStatusCode.NoContent, there.StatusCode);
        Assert.Equal(MeetingLinkState.Ready, await app.InDatabaseAsync(db => db.MeetingLinks
            .Where(l => l.SessionId == session.Id && l.RoomVersion == l.Session.RoomVersion).Select(l => l.State).SingleAsync()));
    }

    [Theory]
    [InlineData("http://meet.google.com/abc-defg-hij"), InlineData("javascript:alert(1)"), InlineData("https://169.254.169.254/x"),
        InlineData("nonsense")]
    public async Task An_address_that_the_rules_refuse_changes_nothing(string url)
    {
        var session = await _scene.BookedAsync();
        using var answer = await ToggleAsync(await _scene.ProgramAsync(session.Mentor), session.Id, url);
        var problem = await answer.ProblemAsync(422);
        Assert.True(problem.GetProperty("errors").TryGetProperty("externalMeetingUrl", out _));
        Assert.Null(await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.ExternalMeetingUrl)
            .SingleAsync()));
    }

    [Fact]
    public async Task Where_a_program_switches_everyone_is_told_guests_too_and_in_the_portals_name()
    {
        var session = await _scene.BookedAsync();
        await app.InScopeAsync<InvitationService, (SessionOutcome, Guid?)>(
            i => i.InviteAsync(session.Id, new("guest@people.example", "Guest", ParticipantRole.Guest), new(session.Mentor.Id, false),
            default));
        using var done = await ToggleAsync((await _scene.KeyHolderAsync()).Client, session.Id, Own);
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        var mails = (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == "RoomChanged").ToList();
        Assert.Equal(new[] { "guest@people.example", session.Mentor.Email, session.Mentee.Email }.Order(),
            mails.Select(m => m.ToAddress).Order());
        Assert.All(mails, m => Assert.DoesNotContain("\"ChangedBy\":null", m.Model));
    }

    [Fact]
    public async Task Only_the_mentor_switches_and_nobody_else_reads_the_address()
    {
        var session = await _scene.BookedAsync();
        var mentee = await _scene.ProgramAsync(session.Mentee);
        using var refused = await ToggleAsync(mentee, session.Id, Own);
        await refused.ProblemAsync(403);
        using var done = await ToggleAsync(await _scene.ProgramAsync(session.Mentor), session.Id, Own);
        Assert.DoesNotContain("abc-defg-hij", await mentee.GetStringAsync($"/api/v1/sessions/{session.Id}"));
        var browser = await _scene.BrowserAsync(session.Mentee);
        Assert.DoesNotContain("abc-defg-hij", await browser.GetStringAsync($"/sessions/{session.Id}"));
    }
}
