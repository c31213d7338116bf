using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tests.Support;

namespace Tests.Api;

public sealed class BookingApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Sessions = "/api/v1/sessions";

    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> BookAsync(HttpClient client, Guid mentor, object start, string? topic = "Career talk") =>
        client.PostAsJsonAsync(Sessions, new { mentorId = mentor, start, topic });

    [Fact, Trait("Clock", "moves")]
    public async Task Booking_a_free_slot_answers_the_own_link_and_tells_both_by_mail()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync(language: "ar"));
        var program = await _scene.ProgramAsync(mentee);
        var slots = await (await program.GetAsync($"/api/v1/mentors/{mentor.Id}/slots")).JsonAsync(HttpStatusCode.OK);
        var slot = slots.GetProperty("items")[3].GetProperty("start").GetString()!;

        using var answer = await BookAsync(program, mentor.Id, slot);
        var booked = await answer.JsonAsync(HttpStatusCode.Created);
        var id = booked.GetProperty("id").GetGuid();
        var mails = await _scene.MailsAsync(id);

        Assert.StartsWith("http://portal.test/join/", booked.GetProperty("joinUrl").GetString());
        Assert.Equal(new[] { "ar", "en" }, mails.Select(m => m.Language).Order());
        Assert.Equal(new[] { mentor.Email, mentee.Email }.Order(), mails.Select(m => m.ToAddress).Order());
        Assert.All(mails, m => Assert.Equal("SessionConfirmed", m.Kind));
        using var shown = await app.Visitor().GetAsync(booked.GetProperty("joinUrl").GetString());
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);

        var own = (await program.GetFromJsonAsync<JsonElement>(Sessions)).GetProperty("items")[0];
        Assert.Equal((id, "confirmed", "mentee", booked.GetProperty("joinUrl").GetString()),
            (own.GetProperty("id").GetGuid(), own.GetProperty("state").GetString(), own.GetProperty("role").GetString(),
                own.GetProperty("joinUrl").GetString()));
        var left = await (await program.GetAsync($"/api/v1/mentors/{mentor.Id}/slots")).JsonAsync(HttpStatusCode.OK);
        Assert.DoesNotContain(left.GetProperty("items").EnumerateArray(), s => s.GetProperty("start").GetString() == slot);
    }

    [Fact]
    public async Task Of_many_who_book_different_hours_of_one_day_at_once_only_as_many_as_the_mentor_takes_get_one()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.MaxPerDay = 2);
        // One comes from another day by a move.
        var mover = await _scene.PersonAsync();
        var elsewhere = await _scene.BookedAsync(mentor, mover, _scene.Slot.AddDays(1));
        var moving = await _scene.ProgramAsync(mover);
        var programs = new List<HttpClient>();
        for (var i = 0; i < 9; i++)
            programs.Add(await _scene.ProgramAsync(await _scene.PersonAsync()));

        var booked = programs.Select((p, i) => BookAsync(p, mentor.Id, _scene.Slot.AddHours(i - 4)));
        var answers = await Task.WhenAll(booked.Append(moving.PostAsJsonAsync($"{Sessions}/{elsewhere.Id}/move",
            new { start = _scene.Slot.AddHours(6) })));

        Assert.Equal(2, answers.Count(a => a.IsSuccessStatusCode));
        // no longer offered
        Assert.All(answers.Where(a => !a.IsSuccessStatusCode), a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.StatusCode));
        var day = _scene.Slot.UtcDateTime.Date;
        Assert.Equal(2, await app.InDatabaseAsync(db =>
            db.Sessions.CountAsync(s => s.MentorId == mentor.Id && s.StartUtc >= day && s.StartUtc < day.AddDays(1))));
    }

    [Fact]
    public async Task Of_twenty_people_who_want_one_slot_one_gets_it_and_the_others_hear_what_is_free()
    {
        var mentor = await _scene.MentorAsync();
        var programs = new List<HttpClient>();
        for (var i = 0; i < 20; i++)
            programs.Add(await _scene.ProgramAsync(await _scene.PersonAsync()));

        var answers = await Task.WhenAll(programs.Select(p => BookAsync(p, mentor.Id, _scene.Slot)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        foreach (var lost in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            var next = (await lost.ProblemAsync(409)).GetProperty("nextFree").EnumerateArray()
                .Select(s => s.GetProperty("start").GetDateTimeOffset()).ToList();
            Assert.Equal(new[] { -3, -2, -1, 1, 2, 3 }.Select(h => _scene.Slot.AddHours(h)), next);
        }
        var session = await app.InDatabaseAsync(db => db.Sessions.SingleAsync(s => s.MentorId == mentor.Id));
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count);
        Assert.Equal(12, await app.InDatabaseAsync(db => db.BusyTicks.CountAsync(t => t.UserId == mentor.Id)));
    }

    [Fact]
    public async Task Clicks_of_one_person_at_the_same_moment_and_later_book_one_session_with_one_mail_each()
    {
        var mentor = await _scene.MentorAsync();
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        var answers = (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => BookAsync(program, mentor.Id, _scene.Slot)))).ToList();
        answers.Add(await BookAsync(program, mentor.Id, _scene.Slot));

        var ids = new HashSet<Guid>();
        foreach (var answer in answers)
            ids.Add((await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid());
        Assert.Single(ids);
        Assert.Equal(2, (await _scene.MailsAsync(ids.Single())).Count);
    }

    [Fact]
    public async Task Nobody_books_a_second_session_into_the_time_of_an_own_one()
    {
        var (first, second) = (await _scene.MentorAsync(), await _scene.MentorAsync());
        var mentee = await _scene.PersonAsync();
        await _scene.BookedAsync(first, mentee);
        var program = await _scene.ProgramAsync(mentee);
        using var answer = await BookAsync(program, second.Id, _scene.Slot);
        Assert.NotEmpty((await answer.ProblemAsync(409)).GetProperty("nextFree").EnumerateArray());
        using var after = await BookAsync(program, second.Id, _scene.Slot.AddHours(1));
        Assert.Equal(HttpStatusCode.Created, after.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_in_two_sessions_at_once_however_many_mentors_are_asked_at_the_same_moment()
    {
        var mentee = await _scene.PersonAsync();
        var program = await _scene.ProgramAsync(mentee);
        var mentors = new List<Guid>();
        for (var i = 0; i < 8; i++)
            mentors.Add((await _scene.MentorAsync()).Id);

        var answers = await Task.WhenAll(mentors.Select(m => BookAsync(program, m, _scene.Slot)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Participants.CountAsync(p => p.UserId == mentee.Id)));
    }

    [Theory, Trait("Clock", "moves")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("SLOT", -4)]
    [InlineData("SLOT", 3400)]
    [InlineData("SLOT", 7, 1)]
    [InlineData("SLOT", 7, 120)]
    [InlineData("SLOT", 7, 1800)]
    public async Task A_time_that_the_mentor_does_not_offer_is_refused(string start, int days = 0, int seconds = 0)
    {
        start = start.Replace("SLOT", _scene.Slot.AddDays(days).AddSeconds(seconds).ToString("O"));
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        using var answer = await BookAsync(await _scene.ProgramAsync(mentee), mentor.Id, start);
        await answer.ProblemAsync(422);
        Assert.False(await app.InDatabaseAsync(db => db.Sessions.AnyAsync(s => s.MentorId == mentor.Id)));
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("{\"mentorId\":null}", 422)]
    [InlineData("{\"mentorId\":\"no id\"}", 400)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"tomorrow\",\"topic\":\"x\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"2026-13-45T99:00:00Z\",\"topic\":\"x\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"LOCAL\",\"topic\":\"x\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"DATE\",\"topic\":\"x\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"0001-01-01T00:00:00+14:00\",\"topic\":\"x\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"9999-12-31T23:55:00-14:00\",\"topic\":\"x\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":12,\"topic\":\"x\"}", 400)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"topic\":\"x\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"START\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"START\",\"topic\":\"  \\n\"}", 422)]
    [InlineData("{\"mentorId\":\"MENTOR\",\"start\":\"START\",\"topic\":{}}", 400)]
    [InlineData("{\"mentorId\":\"00000000-0000-0000-0000-000000000000\",\"start\":\"START\",\"topic\":\"x\"}", 404)]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("\"text\"", 400)]
    public async Task A_body_that_does_not_fit_is_a_problem_of_the_caller(string body, int status)
    {
        var mentor = await _scene.MentorAsync();
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        body = body.Replace("MENTOR", mentor.Id.ToString()).Replace("START", _scene.Slot.ToString("O"))
            .Replace("LOCAL", _scene.Slot.ToString("s")).Replace("DATE", _scene.Slot.ToString("yyyy-MM-dd"));
        using var answer = await program.PostAsync(Sessions, new StringContent(body, Encoding.UTF8, "application/json"));
        await answer.ProblemAsync(status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_kind_is_a_problem_of_the_caller(string kind)
    {
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        foreach (var address in new[] { Sessions, $"{Sessions}/{Guid.NewGuid()}/cancel", "/api/v1/sign-in" })
        {
            using var answer = await program.PostAsync(address, new StringContent("a=b", Encoding.UTF8, kind));
            await answer.ProblemAsync(415);
        }
    }

    [Fact]
    public async Task A_topic_may_be_two_hundred_characters_long_and_not_one_more()
    {
        var mentor = await _scene.MentorAsync();
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        foreach (var length in new[] { 201, 1_000_000 })
        {
            using var refused = await BookAsync(program, mentor.Id, _scene.Slot, new string('é', length));
            Assert.NotEmpty((await refused.ProblemAsync(422)).GetProperty("errors").GetProperty("topic").EnumerateArray());
        }
        using var answer = await BookAsync(program, mentor.Id, _scene.Slot, new string('é', 200));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("a\\u0000b", 201)]
    [InlineData("\\u0000", 422)]
    [InlineData("\\ud800", 400)]
    [InlineData("a\\r\\nBcc: everybody@people.example", 201)]
    [InlineData("<script>alert(1)</script> '; drop table sessions; --", 201)]
    [InlineData("طلب سيرة ذاتية \\u202e ok 🎓", 422)]
    [InlineData("طلب سيرة ذاتية 🎓", 201)]
    public async Task No_text_in_a_topic_breaks_anything(string topic, int status)
    {
        var mentor = await _scene.MentorAsync();
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        var body = $"{{\"mentorId\":\"{mentor.Id}\",\"start\":\"{_scene.Slot:O}\",\"topic\":\"{topic}\"}}";
        using var answer = await program.PostAsync(Sessions, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    [Fact]
    public async Task Nobody_books_with_oneself_with_somebody_who_is_no_mentor_or_without_a_sign_in()
    {
        var (mentor, person) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        using var self = await BookAsync(await _scene.ProgramAsync(mentor), mentor.Id, _scene.Slot);
        using var nobody = await BookAsync(await _scene.ProgramAsync(mentor), person.Id, _scene.Slot);
        using var visitor = await BookAsync(app.Visitor(), mentor.Id, _scene.Slot);
        using var key = await BookAsync((await _scene.KeyHolderAsync()).Client, mentor.Id, _scene.Slot);
        Assert.Equal([422, 404, 401, 403], new[] { self, nobody, visitor, key }.Select(a => (int)a.StatusCode));
        Assert.Null(visitor.Headers.Location);
    }
}
