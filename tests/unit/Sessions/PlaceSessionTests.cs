using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Calendar;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using Tests.Mail;
using Tests.Support;
using MeetingPlace = Providers.MeetingPlace;
using MeetingPlaceKind = Providers.MeetingPlaceKind;

namespace Tests.Sessions;

/// <summary>Sessions by phone and in person, from booking to the end.</summary>
[Trait("Clock", "moves")]
public sealed class PlaceSessionTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Number = "+201001234567";
    private const string Street = "12 Talaat Harb Street, Cairo";

    private readonly Scene _scene = new(app);

    private Task<BookedScene> BookedAsync(string? place = Number) =>
        _scene.BookedAsync(profile: m => (m.ProviderId, m.Place) = ("place", place));

    private Task<MeetingLink> LinkAsync(Guid id) =>
        app.InDatabaseAsync(db => db.MeetingLinks.AsNoTracking().OrderByDescending(l => l.RoomVersion).FirstAsync(l => l.SessionId == id));

    [Theory]
    [InlineData(Number, MeetingPlaceKind.Phone)]
    [InlineData(Street, MeetingPlaceKind.Address)]
    public async Task A_booked_session_has_the_mentors_place_in_mails_calendars_and_on_its_page(string place, MeetingPlaceKind kind)
    {
        var session = await BookedAsync(place);
        var link = await LinkAsync(session.Id);
        Assert.Equal((MeetingLinkState.Ready, new MeetingPlace(kind, place)), (link.State, link.Place));

        await app.DispatchAsync();
        var mail = app.Files().Select(File.ReadAllText).Single(t => t.Contains(session.Mentee.Email!, StringComparison.Ordinal));
        Assert.Contains("text/calendar", mail);

        var browser = await _scene.BrowserAsync(session.Mentee);
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync($"/sessions/{session.Id}"));
        Assert.Contains(kind == MeetingPlaceKind.Phone ? $"href=\"tel:{Number}\"" : Street, page);
        Assert.DoesNotContain("id=\"join", page);
        var feed = await app.InScopeAsync<CalendarFeed, string>(f => Task.FromResult(f.AddressOf(session.Mentee).AbsolutePath));
        var calendar = (await app.Visitor().GetStringAsync(feed)).Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains("LOCATION:" + place.Replace(",", "\\,", StringComparison.Ordinal), calendar);
        Assert.DoesNotContain("/join/", calendar);
        var file = await browser.GetStringAsync($"/sessions/{session.Id}?handler=Calendar");
        Assert.DoesNotContain("/join/", file);
    }

    [Fact]
    public async Task The_invitation_says_where_and_holds_no_link_of_a_room()
    {
        var session = await BookedAsync(Street);
        await app.DispatchAsync();
        var read = CalendarsIn(session.Mentee.Email!);

        Assert.Contains("LOCATION:12 Talaat Harb Street\\, Cairo", read);
        Assert.DoesNotContain("/join/", read);
        Assert.Contains($"URL:http://portal.test/sessions/{session.Id}", read);
    }

    [Theory]
    [InlineData("en", "Show phone number")]
    [InlineData("ar", "عرض رقم الهاتف")]
    public async Task The_door_shows_the_number_to_who_presses_and_to_nobody_who_only_looks(string language, string button)
    {
        var mentee = await _scene.PersonAsync(language: language);
        var mentor = await _scene.MentorAsync(profile: m => (m.ProviderId, m.Place) = ("place", Number));
        var session = await _scene.BookedAsync(mentor, mentee);
        var door = await _scene.LinkAsync(session.MenteePart);
        _scene.GoTo(session);

        var looked = WebUtility.HtmlDecode(await app.Visitor().GetStringAsync(door));
        Assert.Contains(button, looked);
        Assert.DoesNotContain(Number, looked);
        using var pressed = await app.Visitor().PostAsync(door, null);
        var shown = WebUtility.HtmlDecode(await pressed.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, pressed.StatusCode);
        Assert.Contains($"href=\"tel:{Number}\"", shown);
        Assert.DoesNotContain("id=\"join\"", shown);
        Assert.Contains(await _scene.EventsAsync(session.Id),
            e => e.Kind == MeetingEventKind.Joined && e.ParticipantId == session.MenteePart && e.Details!.Contains("place"));
    }

    [Fact]
    public async Task Programs_are_told_the_place_and_no_address()
    {
        var session = await BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        program.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        var item = await program.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{session.Id}");
        Assert.Equal(("phone", Number), PlaceOf(item));

        _scene.GoTo(session);
        program = await _scene.ProgramAsync(session.Mentee);
        program.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        using var joined = await program.PostAsync($"/api/mentoring/session/{session.Id}/join", null);
        var answer = await joined.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("elsewhere", ("phone", Number)), (answer.GetProperty("kind").GetString(), PlaceOf(answer)));
        Assert.False(answer.TryGetProperty("url", out var url) && url.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Nobody_is_said_to_be_waited_for_and_a_session_by_phone_counts_as_held()
    {
        var session = await BookedAsync();
        _scene.GoTo(session);
        (await app.Visitor().PostAsync(await _scene.LinkAsync(session.MenteePart), null)).Dispose();
        _scene.GoTo(session, 5);
        await app.InScopeAsync<LiveSweep>(s => s.RunAsync(default));
        Assert.DoesNotContain(await _scene.MailsAsync(session.Id), m => m.Kind == nameof(SomeoneWaits));

        var unseen = await BookedAsync();
        app.Clock.MoveTo(unseen.End.AddHours(1));
        await app.InScopeAsync<CompletionService, int>(c => c.CompleteAsync(default));
        Assert.Equal(SessionState.Completed,
            await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == unseen.Id).Select(s => s.State).SingleAsync()));
    }

    [Fact]
    public async Task A_place_that_nobody_entered_is_found_a_day_ahead_and_asked_for_before_the_start()
    {
        var session = await BookedAsync(null);
        Assert.Equal(MeetingLinkState.Pending, (await LinkAsync(session.Id)).State);

        app.Clock.MoveTo(session.Start.AddHours(-5));
        await app.InScopeAsync<Preflight>(p => p.RunAsync(default));
        Assert.Equal(TroubleKind.PlaceMissing, await app.InDatabaseAsync(db =>
            db.SessionTroubles.Where(t => t.SessionId == session.Id).Select(t => t.Kind).SingleAsync()));
        app.Clock.MoveTo(session.Start.AddMinutes(-25));
        await app.InScopeAsync<LiveSweep>(s => s.RunAsync(default));
        Assert.Contains(await _scene.MailsAsync(session.Id), m => m.Kind == nameof(LinkMissing) && m.ToAddress == session.Mentor.Email);

        await SaveAsync(session.Mentor, ("Input.ProviderId", "place"), ("Input.Place", Number));
        var link = await LinkAsync(session.Id);
        Assert.Equal((MeetingLinkState.Ready, Number, 2), (link.State, link.PlaceText, link.RoomVersion));
        Assert.NotNull(await app.InDatabaseAsync(db =>
            db.SessionTroubles.Where(t => t.SessionId == session.Id).Select(t => t.SolvedUtc).SingleAsync()));
    }

    private static (string?, string?) PlaceOf(JsonElement answer) => (
        answer.GetProperty("place").GetProperty("kind").GetString(), answer.GetProperty("place").GetProperty("text").GetString());

    private async Task<string> SaveAsync(PortalUser mentor, params (string Field, string Value)[] fields)
    {
        var browser = await _scene.BrowserAsync(mentor);
        using var answer = await Forms.PostAsync(browser, "/settings/tool", fields.ToDictionary(f => f.Field, f => f.Value));
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    private string CalendarsIn(string to) => string.Concat(app.Files().Select(File.ReadAllText)
        .Where(t => t.Contains(to, StringComparison.Ordinal)).Select(PlainOf));

    /// <summary>All parts of a mail in plain text, with folded lines joined.</summary>
    private static string PlainOf(string file)
    {
        var message = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file)));
        return string.Concat(message.BodyParts.OfType<MimeKit.TextPart>().Where(p => p.ContentType.MimeType == "text/calendar")
            .Select(p => p.Text.ReplaceLineEndings("\r\n").Replace("\r\n ", "", StringComparison.Ordinal)));
    }
}
