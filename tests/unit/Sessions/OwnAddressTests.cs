using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>A mentor's other address, phone number or place reaches the sessions that are booked.</summary>
[Trait("Clock", "moves")]
public sealed class OwnAddressTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Old = "https://meet.google.com/abc-defg-hij";
    private const string New = "https://meet.google.com/xyz-defg-hij";

    private readonly Scene _scene = new(app);

    private Task<PortalUser> MentorAsync() =>
        _scene.MentorAsync(profile: m => (m.ProviderId, m.ExternalMeetingUrl) = ("manual", Old));

    private async Task<HttpStatusCode> SaveAsync(PortalUser mentor, string tool, string url = "", string place = "")
    {
        var browser = await _scene.BrowserAsync(mentor);
        using var answer = await Forms.PostAsync(browser, "/settings/tool", new()
        {
            ["Input.ProviderId"] = tool,
            ["Input.ExternalMeetingUrl"] = url,
            ["Input.Place"] = place,
        });
        return answer.StatusCode;
    }

    private Task<MeetingLink> LinkAsync(Guid id) => app.InDatabaseAsync(db => db.MeetingLinks.AsNoTracking()
        .OrderByDescending(l => l.RoomVersion).FirstAsync(l => l.SessionId == id));

    private async Task<int> ToldAsync(Guid id) => (await _scene.MailsAsync(id)).Count(m => m.Kind == nameof(RoomChanged));

    [Fact]
    public async Task Every_booked_session_gets_a_room_at_the_new_address_and_all_its_people_are_told_once()
    {
        var mentor = await MentorAsync();
        BookedScene[] sessions = [await _scene.BookedAsync(mentor), await _scene.BookedAsync(mentor, start: _scene.Slot.AddHours(3))];

        Assert.Equal(HttpStatusCode.Redirect, await SaveAsync(mentor, "manual", New));
        Assert.Equal(HttpStatusCode.Redirect, await SaveAsync(mentor, "manual", New));

        foreach (var session in sessions)
        {
            var link = await LinkAsync(session.Id);
            Assert.Equal((New, New, 2, MeetingLinkState.Ready), (link.ExternalMeetingUrl, link.Handle, link.RoomVersion, link.State));
            Assert.Equal(2, await ToldAsync(session.Id));
            Assert.Equal((2, 1), await app.InDatabaseAsync(async db =>
            {
                var now = await db.Sessions.SingleAsync(s => s.Id == session.Id);
                return (now.RoomVersion, now.Sequence);
            }));
            Assert.True(await app.InDatabaseAsync(db =>
                db.MeetingEnds.AnyAsync(e => e.Link.SessionId == session.Id && e.Link.RoomVersion == 1)));
        }
    }

    [Fact]
    public async Task Sessions_with_an_address_of_their_own_at_another_tool_or_over_stay_as_they_are()
    {
        var mentor = await MentorAsync();
        var over = await _scene.BookedAsync(mentor);
        var own = await _scene.BookedAsync(mentor, start: _scene.Slot.AddDays(1));
        var jitsi = await _scene.BookedAsync(mentor, start: _scene.Slot.AddDays(1).AddHours(3));
        await app.InScopeAsync<SessionRooms, Portal.Sessions.Changes.SessionOutcome>(r =>
            r.SwitchRoomAsync(own.Id, "https://meet.google.com/own-defg-hij", new(mentor.Id, false), default));
        await app.InScopeAsync<SessionRooms, Portal.Sessions.Changes.SessionOutcome>(r =>
            r.UseDefaultToolAsync(jitsi.Id, new(mentor.Id, false), default));
        app.Clock.MoveTo(over.End.AddMinutes(1));
        var before = (await LinkAsync(over.Id), await LinkAsync(own.Id), await LinkAsync(jitsi.Id));

        await SaveAsync(mentor, "manual", New);

        Assert.Equal((before.Item1.Id, before.Item2.Id, before.Item3.Id),
            ((await LinkAsync(over.Id)).Id, (await LinkAsync(own.Id)).Id, (await LinkAsync(jitsi.Id)).Id));
    }

    [Fact]
    public async Task A_refused_address_is_kept_in_the_form_and_moves_nothing()
    {
        var mentor = await MentorAsync();
        var session = await _scene.BookedAsync(mentor);

        Assert.NotEqual(HttpStatusCode.Redirect, await SaveAsync(mentor, "manual", "https://evil.example/x"));
        Assert.NotEqual(HttpStatusCode.Redirect, await SaveAsync(mentor, "place", Old, "12"));

        Assert.Equal((Old, 1), ((await LinkAsync(session.Id)).Handle, (await LinkAsync(session.Id)).RoomVersion));
    }

    [Theory]
    [InlineData("en", "123", "phone number")]
    [InlineData("ar", "https://zoom.us/j/123456789", "رابط")]
    public async Task A_refused_number_or_place_is_shown_again_with_the_reason(string language, string typed, string reason)
    {
        var mentor = await _scene.MentorAsync();
        await app.InDatabaseAsync(db =>
            db.Users.Where(u => u.Id == mentor.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Language, language)));
        var browser = await _scene.BrowserAsync(mentor);
        using var answer = await Forms.PostAsync(browser, "/settings/tool",
            new() { ["Input.ProviderId"] = "place", ["Input.ExternalMeetingUrl"] = "", ["Input.Place"] = typed });
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains($"value=\"{typed}\"", page);
        Assert.Contains(reason, page);
        Assert.Null(await app.InDatabaseAsync(db =>
            db.MentorProfiles.Where(m => m.UserId == mentor.Id).Select(m => m.Place).SingleAsync()));
    }

    [Fact]
    public async Task A_request_gets_the_new_place_without_a_mail_and_a_removed_one_stays()
    {
        var mentor = await _scene.MentorAsync(profile: m => (m.ProviderId, m.Place, m.ConfirmsByHand) = ("place", "+201001234567", true));
        var mentee = await _scene.PersonAsync();
        var session = (await app.InScopeAsync<Portal.Sessions.Booking.BookingService, Portal.Sessions.Booking.BookingResult>(b =>
            b.BookAsync(new(mentor.Id, _scene.Slot, "Talk"), mentee.Id, default))).Session!;
        Assert.Equal(SessionState.Requested, session.State);

        await SaveAsync(mentor, "place", place: "12 Talaat Harb Street, Cairo");
        Assert.Equal("12 Talaat Harb Street, Cairo", (await LinkAsync(session.Id)).PlaceText);
        Assert.Equal(0, await ToldAsync(session.Id));

        await SaveAsync(mentor, "jitsi");
        Assert.Equal("12 Talaat Harb Street, Cairo", (await LinkAsync(session.Id)).PlaceText);
    }

    [Fact]
    public async Task Two_saves_of_one_moment_leave_one_of_the_addresses_everywhere()
    {
        var mentor = await MentorAsync();
        var session = await _scene.BookedAsync(mentor);

        await Task.WhenAll(SaveAsync(mentor, "manual", New), SaveAsync(mentor, "manual", "https://meet.google.com/aaa-defg-hij"));

        var saved = await app.InDatabaseAsync(db => db.MentorProfiles.Where(m => m.UserId == mentor.Id).Select(m => m.ExternalMeetingUrl)
            .SingleAsync());
        Assert.NotEqual(Old, saved);
        Assert.Equal(saved, (await LinkAsync(session.Id)).Handle);
    }
}
