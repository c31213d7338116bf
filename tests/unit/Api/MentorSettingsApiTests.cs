using System.Net;
using System.Net.Http.Json;
using System.Text;
using Tests.Support;

namespace Tests.Api;

public sealed class MentorSettingsApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Settings = "/api/v1/mentor-settings";
    private readonly Scene _scene = new(app);

    [Fact]
    public async Task What_the_api_says_of_hours_it_takes_and_a_night_goes_over_midnight()
    {
        var program = await _scene.ProgramAsync(await _scene.MentorAsync());
        object Body(object hours) => new { sessionMinutes = 60, bufferMinutes = 0, noticeMinutes = 0, horizonDays = 30, hours };
        using var set = await program.PutAsJsonAsync($"{Settings}/hours", Body(new[]
        {
            new { day = "Tuesday", from = "22:00", to = "02:00" }, new { day = "Wednesday", from = "20:00", to = "24:00" },
        }));
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        var read = (await (await program.GetAsync(Settings)).JsonAsync(HttpStatusCode.OK)).GetProperty("hours");
        Assert.Equal(["20:00-24:00", "22:00-02:00"],
            read.EnumerateArray().Select(h => $"{h.GetProperty("from").GetString()}-{h.GetProperty("to").GetString()}"));
        using var again = await program.PutAsJsonAsync($"{Settings}/hours", Body(read));
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        using var overlap = await program.PutAsJsonAsync($"{Settings}/hours", Body(new[]
        {
            new { day = "Saturday", from = "22:00", to = "02:00" }, new { day = "Sunday", from = "01:00", to = "03:00" },
        }));
        await overlap.ProblemAsync(422);
    }

    [Theory]
    [InlineData("from", "yyyy-MM-dd")]
    [InlineData("from", "s")]
    [InlineData("to", "s")]
    public async Task An_instant_without_an_offset_is_refused_by_name(string field, string format)
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await (await _scene.ProgramAsync(mentor)).GetAsync($"/api/v1/mentors/{mentor.Id}/slots?{field}={_scene.Slot.ToString(format)}");
        Assert.True((await answer.ProblemAsync(422)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task What_is_set_by_the_api_is_read_back_and_changes_what_is_offered()
    {
        var mentor = await _scene.MentorAsync();
        var program = await _scene.ProgramAsync(mentor);
        using var profile = await program.PutAsJsonAsync($"{Settings}/profile",
            new
            {
                headline = "Writes grants",
                about = "Ten years",
                topics = "Grants, Writing",
                languages = new[] { "ar" },
                isPaused = false
            });
        using var hours = await program.PutAsJsonAsync($"{Settings}/hours", new
        {
            sessionMinutes = 45,
            bufferMinutes = 15,
            noticeMinutes = 0,
            horizonDays = 30,
            maxPerDay = 2,
            confirmsByHand = false,
            hours = Enum.GetNames<DayOfWeek>().Select(day => new { day, from = "10:00", to = "14:00" }),
        });
        using var off = await program.PostAsJsonAsync($"{Settings}/special-days",
            new { first = $"{_scene.Slot.AddDays(1):yyyy-MM-dd}", last = $"{_scene.Slot.AddDays(1):yyyy-MM-dd}", isOff = true });
        using var kind = await program.PostAsJsonAsync($"{Settings}/kinds", new { name = "Circle", minutes = 60, capacity = 5 });
        Assert.All([profile, hours, off, kind], a => Assert.Equal(HttpStatusCode.NoContent, a.StatusCode));

        var read = await (await program.GetAsync(Settings)).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(("Writes grants", 45, 2), (read.GetProperty("profile").GetProperty("headline").GetString(),
            read.GetProperty("rules").GetProperty("sessionMinutes").GetInt32(),
                read.GetProperty("rules").GetProperty("maxPerDay").GetInt32()));
        Assert.Equal(7, read.GetProperty("hours").GetArrayLength());
        var slots = await (await program.GetAsync(
            $"/api/v1/mentors/{mentor.Id}/slots?from={_scene.Slot:yyyy-MM-dd}T00:00:00Z&to={_scene.Slot.AddDays(2):yyyy-MM-dd}T00:00:00Z"))
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(["10:00", "11:00", "12:00", "13:00"],
            slots.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("start").GetDateTimeOffset().ToString("HH:mm")));

        var kinds = (await (await program.GetAsync($"/api/v1/mentors/{mentor.Id}/kinds")).JsonAsync(HttpStatusCode.OK))
            .GetProperty("items");
        var id = kinds[0].GetProperty("id").GetGuid();
        var seats = await (await program.GetAsync($"/api/v1/mentors/{mentor.Id}/slots?kindId={id}&from={_scene.Slot:yyyy-MM-dd}T00:00:00Z"))
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(5, seats.GetProperty("items")[0].GetProperty("seats").GetInt32());
        using var retired = await program.DeleteAsync($"{Settings}/kinds/{id}");
        using var gone = await program.GetAsync($"/api/v1/mentors/{mentor.Id}/slots?kindId={id}");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (retired.StatusCode, gone.StatusCode));
    }

    [Theory]
    [InlineData("hours", """{"sessionMinutes":7,"horizonDays":30}""", 422)]
    [InlineData("hours", """{"sessionMinutes":60,"horizonDays":30,"hours":[{"day":"Monday","from":"14:00","to":"14:00"}]}""", 422)]
    [InlineData("hours", """{"sessionMinutes":60,"horizonDays":30,"hours":[{"day":"Someday","from":"10:00","to":"14:00"}]}""", 400)]
    [InlineData("hours", """{"sessionMinutes":60,"horizonDays":30,"hours":null}""", 204)]
    [InlineData("hours", """{"sessionMinutes":60,"horizonDays":30,"hours":[null]}""", 204)]
    [InlineData("tool", """{"providerId":"no-such-tool"}""", 422)]
    [InlineData("tool", """{"providerId":"manual","externalMeetingUrl":"http://169.254.169.254/"}""", 422)]
    [InlineData("tool", """{"providerId":null}""", 422)]
    [InlineData("profile", """{"languages":["xx",null]}""", 204)]
    [InlineData("profile", """{"languages":null,"topics":null}""", 204)]
    [InlineData("profile", "[]", 400)]
    public async Task A_body_that_does_not_fit_is_a_problem_of_the_caller(string part, string body, int status)
    {
        var program = await _scene.ProgramAsync(await _scene.MentorAsync());
        using var answer = await program.PutAsync($"{Settings}/{part}", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Only_mentors_have_settings_and_nobody_touches_those_of_others()
    {
        using var mentee = await (await _scene.ProgramAsync(await _scene.PersonAsync())).GetAsync(Settings);
        Assert.Equal(HttpStatusCode.Forbidden, mentee.StatusCode);
        var (first, second) = (await _scene.MentorAsync(), await _scene.ProgramAsync(await _scene.MentorAsync()));
        (await (await _scene.ProgramAsync(first)).PostAsJsonAsync($"{Settings}/kinds", new { name = "Circle", minutes = 60, capacity = 5 }))
            .Dispose();
        var id = (await (await second.GetAsync($"/api/v1/mentors/{first.Id}/kinds")).JsonAsync(HttpStatusCode.OK)).GetProperty("items")[0]
            .GetProperty("id").GetGuid();
        using var changed = await second.PutAsJsonAsync($"{Settings}/kinds/{id}", new { name = "Mine", minutes = 60, capacity = 5 });
        using var retired = await second.DeleteAsync($"{Settings}/kinds/{id}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (changed.StatusCode, retired.StatusCode));
    }
}
