using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Tests.Support;

namespace Tests.Api;

public sealed class SeriesApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> BookAsync(
        HttpClient client, Guid mentor, DateTimeOffset start, int count, int everyWeeks = 1, bool leaveOut = false) =>
        client.PostAsJsonAsync("/api/v1/sessions",
            new { mentorId = mentor, start, topic = "Thesis", series = new { count, everyWeeks, leaveOut } });

    private Task<List<MentoringSession>> OfAsync(PortalUser mentor) => app.InDatabaseAsync(db =>
        db.Sessions.AsNoTracking().Where(s => s.MentorId == mentor.Id && s.SeriesId != null).OrderBy(s => s.StartUtc).ToListAsync());

    [Fact, Trait("Clock", "moves")]
    public async Task A_series_has_a_session_each_week_with_rooms_of_their_own_and_one_mail_each()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        using var booked = await BookAsync(await _scene.ProgramAsync(mentee), mentor.Id, _scene.Slot, 26);
        Assert.Equal(HttpStatusCode.Created, booked.StatusCode);
        var sessions = await OfAsync(mentor);
        Assert.Equal(Enumerable.Range(0, 26).Select(i => _scene.Slot.AddDays(7 * i)), sessions.Select(s => s.StartUtc));
        Assert.Single(sessions.Select(s => s.SeriesId).Distinct());
        var ids = sessions.Select(s => s.Id).ToList();
        Assert.Equal(26, await app.InDatabaseAsync(db => db.MeetingLinks.Where(l => ids.Contains(l.SessionId)).Select(l => l.Handle)
            .Distinct().CountAsync()));
        Assert.Equal(["SeriesConfirmed", "SeriesConfirmed"], await app.InDatabaseAsync(db =>
            db.Outbox.Where(m => m.SessionId != null && ids.Contains(m.SessionId.Value)).Select(m => m.Kind).ToListAsync()));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Conflicts_are_listed_before_anything_is_booked_and_may_be_left_out()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        await _scene.BookedAsync(mentor, await _scene.PersonAsync(), _scene.Slot.AddDays(7));
        await _scene.BookedAsync(await _scene.MentorAsync(), mentee, _scene.Slot.AddDays(14));
        await app.InDatabaseAsync(async db =>
        {
            db.SpecialDays.Add(new SpecialDay { MentorId = mentor.Id, Date = DateOnly.FromDateTime(_scene.Slot.AddDays(21).UtcDateTime) });
            await db.SaveChangesAsync();
        });
        var program = await _scene.ProgramAsync(mentee);
        using var refused = await BookAsync(program, mentor.Id, _scene.Slot, 5);
        var dates = (await refused.ProblemAsync(409)).GetProperty("dates").EnumerateArray()
            .Select(d => d.GetProperty("problem").GetString()).ToList();
        Assert.Equal(["none", "taken", "overlaps", "notOffered", "none"], dates);
        Assert.Empty(await OfAsync(mentor));

        using var booked = await BookAsync(program, mentor.Id, _scene.Slot, 5, leaveOut: true);
        Assert.Equal(HttpStatusCode.Created, booked.StatusCode);
        Assert.Equal([_scene.Slot, _scene.Slot.AddDays(28)], (await OfAsync(mentor)).Select(s => s.StartUtc));
    }

    [Theory]
    [InlineData("Europe/London", "2027-03-21T10:00:00Z", 3, "2027-03-21T10:00:00Z 2027-03-28T09:00:00Z 2027-04-04T09:00:00Z")]
    [InlineData("America/New_York", "2027-03-07T15:00:00Z", 2, "2027-03-07T15:00:00Z 2027-03-14T14:00:00Z")]
    [InlineData("Africa/Cairo", "2027-04-23T08:00:00Z", 2, "2027-04-23T08:00:00Z 2027-04-30T07:00:00Z")]
    [InlineData("Europe/London", "2027-10-24T00:30:00Z", 3, "2027-10-24T00:30:00Z 2027-10-31T00:30:00Z 2027-11-07T01:30:00Z")]
    public void A_series_keeps_the_wall_clock_of_the_mentor_when_the_clocks_change(string zone, string first, int count, string expected)
    {
        var starts = SeriesDates.From(DateTimeOffset.Parse(first, null), NodaTime.DateTimeZoneProviders.Tzdb[zone], 1, count);
        Assert.Equal(expected.Split(' ').Select(e => (DateTimeOffset?)DateTimeOffset.Parse(e, null)), starts);
    }

    [Fact]
    public void A_wall_clock_that_a_spring_night_leaves_out_is_no_date_of_a_series()
    {
        var starts = SeriesDates.From(DateTimeOffset.Parse("2027-03-21T01:30:00Z", null),
            NodaTime.DateTimeZoneProviders.Tzdb["Europe/London"], 1, 3);
        Assert.Equal([true, false, true], starts.Select(s => s is not null));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task All_that_follow_move_by_as_many_days_also_to_where_the_next_one_was_and_the_ones_before_stay()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        var program = await _scene.ProgramAsync(mentee);
        (await BookAsync(program, mentor.Id, _scene.Slot, 4)).Dispose();
        var second = (await OfAsync(mentor))[1];
        using var moved = await (await _scene.ProgramAsync(mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{second.Id}/move", new { start = _scene.Slot.AddDays(14), andThoseThatFollow = true });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal(new[] { 0, 14, 21, 28 }.Select(d => _scene.Slot.AddDays(d)), (await OfAsync(mentor)).Select(s => s.StartUtc));
        Assert.Equal(4 * 12, await app.InDatabaseAsync(db => db.BusyTicks.CountAsync(t => t.UserId == mentor.Id)));
        Assert.Equal(4 * 12, await app.InDatabaseAsync(db => db.BusyTicks.CountAsync(t => t.UserId == mentee.Id)));
    }

    [Fact]
    public async Task When_one_that_follows_cannot_move_none_moves_and_the_conflict_is_named()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        (await BookAsync(await _scene.ProgramAsync(mentee), mentor.Id, _scene.Slot, 3)).Dispose();
        await _scene.BookedAsync(mentor, await _scene.PersonAsync(), _scene.Slot.AddDays(7).AddHours(2));
        var first = (await OfAsync(mentor))[0];
        using var refused = await (await _scene.ProgramAsync(mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{first.Id}/move", new { start = _scene.Slot.AddHours(2), andThoseThatFollow = true });
        var conflict = Assert.Single((await refused.ProblemAsync(409)).GetProperty("conflicts").EnumerateArray());
        Assert.Equal(_scene.Slot.AddDays(7).AddHours(2), conflict.GetDateTimeOffset());
        Assert.Equal(new[] { 0, 7, 14 }.Select(d => _scene.Slot.AddDays(d)), (await OfAsync(mentor)).Select(s => s.StartUtc));
    }

    [Fact]
    public async Task All_that_follow_are_cancelled_with_one_mail_each()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        var program = await _scene.ProgramAsync(mentee);
        (await BookAsync(program, mentor.Id, _scene.Slot, 4, everyWeeks: 2)).Dispose();
        var sessions = await OfAsync(mentor);
        using var cancelled = await program.PostAsJsonAsync($"/api/v1/sessions/{sessions[1].Id}/cancel",
            new { reason = "done", andThoseThatFollow = true });
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal([SessionState.Confirmed, SessionState.Cancelled, SessionState.Cancelled, SessionState.Cancelled],
            (await OfAsync(mentor)).Select(s => s.State));
        Assert.Equal(2, await app.InDatabaseAsync(db =>
            db.Outbox.CountAsync(m => m.Kind == "SessionCancelled" && (m.ToAddress == mentor.Email || m.ToAddress == mentee.Email))));
    }

    [Theory]
    [InlineData(1, 1), InlineData(27, 1), InlineData(4, 3), InlineData(4, 0), InlineData(-1, 1)]
    public async Task A_series_out_of_range_is_a_problem_of_the_caller(int count, int everyWeeks)
    {
        using var answer = await BookAsync(await _scene.ProgramAsync(await _scene.PersonAsync()), (await _scene.MentorAsync()).Id,
            _scene.Slot, count, everyWeeks);
        await answer.ProblemAsync(422);
    }

    [Fact]
    public async Task A_mentor_who_confirms_by_hand_answers_a_series_once()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.ConfirmsByHand = true);
        using var asked = await BookAsync(await _scene.ProgramAsync(await _scene.PersonAsync()), mentor.Id, _scene.Slot, 3);
        Assert.Equal("requested", (await asked.JsonAsync(HttpStatusCode.Created)).GetProperty("state").GetString());
        var first = (await OfAsync(mentor))[0];
        using var yes = await (await _scene.ProgramAsync(mentor)).PostAsync($"/api/v1/sessions/{first.Id}/approve", null);
        Assert.All(await OfAsync(mentor), s => Assert.Equal(SessionState.Confirmed, s.State));
    }
}
