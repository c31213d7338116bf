using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plugins.Zoom;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Zoom;

public sealed class ZoomMeetingTests : IDisposable
{
    private readonly ZoomBench bench = new();

    private FakeZoom Zoom => bench.Zoom;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_meeting_is_made_as_the_settings_say_and_the_hosts_link_is_not_kept()
    {
        bench.Options.WaitingRoom = false;
        bench.Options.JoinBeforeHost = bench.Options.MuteOnEntry = true;
        bench.Options.Recording = ZoomRecording.Cloud;

        var handle = await bench.CreateAsync();

        var sent = JsonNode.Parse(Zoom.Sent("POST", "/meetings").Single().Body)!;
        Assert.Equal("/v2/users/host%40school.example/meetings", Zoom.Sent("POST", "/meetings").Single().Path);
        Assert.Equal(
            ("Career talk", 2, "2026-12-01T09:00:00Z", 45, "Africa/Cairo"),
            ((string)sent["topic"]!, (int)sent["type"]!, (string)sent["start_time"]!, (int)sent["duration"]!, (string)sent["timezone"]!));
        Assert.Equal("""
            {"waiting_room":false,"join_before_host":true,"mute_upon_entry":true,"use_pmi":false,"approval_type":2,
            "auto_recording":"cloud","registrants_email_notification":false}
            """.ReplaceLineEndings(""), sent["settings"]!.ToJsonString());
        Assert.Matches("^[A-Za-z0-9]{10}$", (string)sent["password"]!);
        Assert.Contains(ZoomBench.Request.IdempotencyKey, (string)sent["agenda"]!);
        Assert.Equal(Zoom.Meetings.Keys.Single().ToString(CultureInfo.InvariantCulture), handle.Key);
        Assert.Equal(Meetings.Start.AddMinutes(45).AddDays(30), handle.Expires);
        Assert.DoesNotContain("zak", handle.Value);
        Assert.DoesNotContain((string)sent["password"]!, handle.Value);
    }

    [Fact]
    public async Task Two_meetings_never_have_the_same_passcode_and_without_the_setting_none_is_sent()
    {
        await bench.CreateAsync();
        await bench.Provider.CreateMeetingAsync(ZoomBench.Request with { RoomVersion = 4 }, default);
        bench.Options.RandomPasscode = false;
        await bench.NewProvider().CreateMeetingAsync(ZoomBench.Request with { RoomVersion = 5 }, default);

        var passcodes = Zoom.Sent("POST", "/meetings").Select(r => (string?)JsonNode.Parse(r.Body)!["password"]).ToList();
        Assert.NotEqual(passcodes[0], passcodes[1]);
        Assert.Null(passcodes[2]);
    }

    [NeedsZoomContractFact]
    public async Task Everything_that_is_sent_keeps_to_Zooms_own_description()
    {
        bench.Options.PersonalLinks = true;
        var handle = await bench.CreateAsync();
        await bench.JoinAsync(handle, ParticipantRole.Mentee);
        await bench.JoinAsync(handle, ParticipantRole.Mentor);
        await bench.Provider.UpdateMeetingAsync(handle, ZoomBench.Request with { Title = "مها" }, default);
        await bench.Provider.ReadAttendanceAsync(handle, default);
        await bench.Provider.CheckAsync(default);
        Zoom.Meetings.Values.Single()["status"] = "started";
        await bench.Provider.EndMeetingAsync(handle, default);

        var contract = new ZoomContract();
        var sent = Zoom.Requests.Where(r => r.Path.StartsWith("/v2/", StringComparison.Ordinal)).ToList();
        Assert.True(sent.Count >= 10);
        foreach (var request in sent)
            Assert.Empty(await contract.ProblemsAsync(request));
    }

    [NeedsZoomContractFact]
    public async Task A_field_that_Zoom_does_not_describe_would_be_noticed()
    {
        var contract = new ZoomContract();
        ZoomRequest Post(string body) => new("POST", "/v2/users/x/meetings", "", body);

        Assert.Empty(await contract.ProblemsAsync(Post("""{"topic":"x","settings":{"jbh_time":5}}""")));
        Assert.NotEmpty(await contract.ProblemsAsync(Post("""{"title":"x"}""")));
        Assert.NotEmpty(await contract.ProblemsAsync(Post("""{"settings":{"jbh_time":7}}""")));
        Assert.NotEmpty(await contract.ProblemsAsync(Post("""{"duration":"45"}""")));
        Assert.NotEmpty(await contract.ProblemsAsync(Post("""{"password":"12345678901"}""")));
        Assert.NotEmpty(await contract.ProblemsAsync(new("GET", "/v2/users/x/meetings", "?type=all", "")));
        Assert.NotEmpty(await contract.ProblemsAsync(new("GET", "/v2/users/x/meetings", "?page_size=301", "")));
        Assert.NotEmpty(await contract.ProblemsAsync(new("GET", "/v2/meetings", "", "")));
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("half a body")]
    [InlineData("cut off")]
    [InlineData("503")]
    public async Task A_try_that_failed_after_Zoom_had_made_the_meeting_makes_no_second(string manner)
    {
        Zoom.Once("POST", "/meetings", http => Zoom.DoAsync(http, async (answer, body) =>
        {
            if (manner == "hangs")
                await Task.Delay(TimeSpan.FromSeconds(20), answer.RequestAborted).ContinueWith(_ => { });
            else if (manner == "503")
                await FakeZoom.SayAsync(answer, 503, null);
            else if (manner == "half a body")
            {
                var text = body!.ToJsonString();
                answer.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(text);
                await answer.Response.WriteAsync(text[..20]);
                await answer.Response.Body.FlushAsync();
            }
            if (manner != "503")
                answer.Abort();
        }));

        var handle = await bench.CreateAsync();

        Assert.Equal(Zoom.Meetings.Keys.Single().ToString(CultureInfo.InvariantCulture), handle.Key);
        Assert.Single(Zoom.Sent("POST", "/meetings"));
    }

    [Fact]
    public async Task A_try_that_failed_before_Zoom_made_anything_says_so_and_the_next_one_makes_it()
    {
        Zoom.Refuse("POST", "/meetings", 500, 0);

        var failure = await Assert.ThrowsAsync<ProviderException>(bench.CreateAsync);
        await bench.CreateAsync();

        Assert.Equal(ProviderFailure.Unavailable, failure.Failure);
        Assert.Single(Zoom.Meetings);
    }

    [Fact]
    public async Task A_create_that_is_repeated_finds_its_meeting_on_a_later_page_and_moves_it_to_the_new_time()
    {
        Zoom.PageSize = 2;
        foreach (var version in new[] { 30, 31, 32, 33, 3 })
            await bench.NewProvider().CreateMeetingAsync(ZoomBench.Request with { RoomVersion = version }, default);

        var again = await bench.NewProvider().CreateMeetingAsync(
            ZoomBench.Request with { RoomVersion = 3, Start = Meetings.Start.AddHours(2) }, default);

        Assert.Equal(5, Zoom.Meetings.Count);
        Assert.Equal(Zoom.Meetings.Keys.Max().ToString(CultureInfo.InvariantCulture), again.Key);
        Assert.Equal("2026-12-01T11:00:00Z", (string)Zoom.Meetings[Zoom.Meetings.Keys.Max()]["start_time"]!);
    }

    [Fact]
    public async Task A_moved_session_keeps_its_meeting()
    {
        var handle = await bench.CreateAsync();

        var moved = await bench.Provider.UpdateMeetingAsync(handle,
            ZoomBench.Request with { Start = Meetings.Start.AddDays(1), Title = "Another talk" }, default);

        var meeting = Zoom.Meetings.Values.Single();
        Assert.Equal(("2026-12-02T09:00:00Z", "Another talk"), ((string)meeting["start_time"]!, (string)meeting["topic"]!));
        Assert.Equal(handle.Key, moved.Key);
        Assert.Equal(handle.Expires!.Value.AddDays(1), moved.Expires);
    }

    [Fact]
    public async Task A_session_that_is_extended_while_people_are_inside_keeps_its_meeting()
    {
        var handle = await bench.CreateAsync();
        Zoom.Meetings.Values.Single()["status"] = "started";

        var extended = await bench.Provider.UpdateMeetingAsync(handle, ZoomBench.Request with { Length = TimeSpan.FromHours(1) }, default);

        Assert.Equal(handle.Key, extended.Key);
    }

    [Fact]
    public async Task A_meeting_that_may_not_be_changed_though_it_does_not_run_is_refused()
    {
        var handle = await bench.CreateAsync();
        Zoom.Refuse("PATCH", "/meetings", 400, 3000);

        await FailsAsync(ProviderFailure.Rejected, async () => await bench.Provider.UpdateMeetingAsync(handle, ZoomBench.Request, default));
    }

    [Fact]
    public async Task A_meeting_that_somebody_deleted_at_Zoom_is_missed_by_every_call_but_its_end()
    {
        var handle = await bench.CreateAsync();
        Assert.True(await bench.Provider.ExistsAsync(handle, default));
        Zoom.Meetings.Clear();

        Assert.False(await bench.Provider.ExistsAsync(handle, default));
        await FailsAsync(ProviderFailure.NotFound, async () => await bench.Provider.UpdateMeetingAsync(handle, ZoomBench.Request, default));
        await FailsAsync(ProviderFailure.NotFound, () => bench.JoinAsync(handle, ParticipantRole.Mentor));
        await bench.Provider.EndMeetingAsync(handle, default);
    }

    [Theory]
    [InlineData("waiting", 0)]
    [InlineData("started", 1)]
    public async Task The_end_stops_a_meeting_that_runs_and_deletes_it_without_mails(string status, int stops)
    {
        var handle = await bench.CreateAsync();
        Zoom.Meetings.Values.Single()["status"] = status;

        await bench.Provider.EndMeetingAsync(handle, default);

        Assert.Empty(Zoom.Meetings);
        Assert.Equal(stops, Zoom.Sent("PUT", "/status").Count());
        Assert.Equal("?schedule_for_reminder=false&cancel_meeting_reminder=false", Zoom.Sent("DELETE", "/meetings").Single().Query);
    }

    [Fact]
    public async Task A_meeting_that_begins_just_then_is_stopped_all_the_same()
    {
        var handle = await bench.CreateAsync();
        Zoom.Once("GET", "/meetings/", async http =>
        {
            await FakeZoom.SayAsync(http, 200, Zoom.Meetings.Values.Single().DeepClone());
            Zoom.Meetings.Values.Single()["status"] = "started";
            return true;
        });

        await bench.Provider.EndMeetingAsync(handle, default);

        Assert.Empty(Zoom.Meetings);
    }

    [Fact]
    public async Task A_meeting_that_is_there_but_not_for_us_counts_as_no_end()
    {
        var handle = await bench.CreateAsync();
        Zoom.Refuse("DELETE", "/meetings", 403, 3001);

        await FailsAsync(ProviderFailure.Unauthorized, async () => await bench.Provider.EndMeetingAsync(handle, default));
        Zoom.Refuse("GET", "/meetings", 403, 3001);
        await FailsAsync(ProviderFailure.Unauthorized, async () => await bench.Provider.ExistsAsync(handle, default));
    }

    [Theory]
    [InlineData(true, "maha@example.org", "maha%40example.org")]
    [InlineData(true, "stranger@example.org", "host%40school.example")]
    [InlineData(true, null, "host%40school.example")]
    [InlineData(false, "maha@example.org", "host%40school.example")]
    public async Task A_mentor_hosts_who_is_a_user_of_the_account(bool mentorsAreHosts, string? email, string host)
    {
        bench.Options.MentorsAreHosts = mentorsAreHosts;

        await bench.Provider.CreateMeetingAsync(ZoomBench.Request with { MentorEmail = email }, default);

        Assert.Equal($"/v2/users/{host}/meetings", Zoom.Sent("POST", "/meetings").Single().Path);
    }

    [Fact]
    public async Task A_mentor_who_is_a_user_of_another_account_has_the_host_of_the_settings()
    {
        bench.Options.MentorsAreHosts = true;
        Zoom.Refuse("GET", "/users/maha%40example.org/meetings", 400, 1010, "User not belong to this account.");

        await bench.CreateAsync();

        Assert.Equal("/v2/users/host%40school.example/meetings", Zoom.Sent("POST", "/meetings").Single().Path);
    }

    [Theory]
    [InlineData("stranger@example.org")]
    [InlineData(null)]
    public async Task A_mentor_without_a_Zoom_user_is_refused_where_nobody_stands_in(string? email)
    {
        bench.Options.MentorsAreHosts = true;
        bench.Options.HostUser = "";

        var failure = await FailsAsync(ProviderFailure.Rejected,
            async () => await bench.Provider.CreateMeetingAsync(ZoomBench.Request with { MentorEmail = email }, default));

        Assert.DoesNotContain("stranger", failure.Message);
    }

    [Fact]
    public async Task A_time_zone_that_Zoom_does_not_know_is_left_out()
    {
        Zoom.Refuse("POST", "/meetings", 400, 300, "Invalid field: timezone.");

        await bench.CreateAsync();

        Assert.Equal(["Africa/Cairo", null], Zoom.Sent("POST", "/meetings").Select(r => (string?)JsonNode.Parse(r.Body)!["timezone"]));
    }

    [Theory]
    [InlineData("  Two\r\n\twords ", "Two words")]
    [InlineData("\0\u0007", "Session")]
    public async Task A_topic_is_one_line(string title, string topic) => Assert.Equal(topic, await TopicAsync(title));

    [Fact]
    public async Task A_long_topic_is_cut_between_letters_as_people_see_them()
    {
        const string family = "👩‍👩‍👧‍👦"; // eleven units, one letter
        Assert.Equal(string.Concat(Enumerable.Repeat(family, 18)), await TopicAsync(string.Concat(Enumerable.Repeat(family, 40))));
        Assert.Equal(new string('x', 200), await TopicAsync(new string('x', 5000)));
    }

    [Fact]
    public async Task The_phone_numbers_of_a_meeting_come_with_what_has_to_be_typed()
    {
        var handle = await bench.CreateAsync();

        var dialIn = await bench.Provider.GetDialInAsync(handle, default);
        Zoom.Meetings.Values.Single()["settings"]!["global_dial_in_numbers"] = new JsonArray();

        Assert.Equal([new("+20 2 1234567", "EG"), new("+1 2025550100", "US")], dialIn!.Numbers);
        Assert.Equal($"{handle.Key}# 123456#", dialIn.Pin);
        Assert.Null(await bench.Provider.GetDialInAsync(handle, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":5,"join":"/relative"}""")]
    [InlineData("""{"id":5,"join":7}""")]
    public async Task A_handle_that_was_damaged_is_a_meeting_that_is_not_there(string value) =>
        await FailsAsync(ProviderFailure.NotFound, () => bench.JoinAsync(new MeetingHandle(value), ParticipantRole.Mentee));

    private async Task<string> TopicAsync(string title)
    {
        await bench.Provider.CreateMeetingAsync(ZoomBench.Request with { Title = title, RoomVersion = Zoom.Meetings.Count + 1 }, default);
        return (string)JsonNode.Parse(Zoom.Sent("POST", "/meetings").Last().Body)!["topic"]!;
    }

    private static async Task<ProviderException> FailsAsync(ProviderFailure failure, Func<Task> act)
    {
        var thrown = await Assert.ThrowsAsync<ProviderException>(act);
        Assert.Equal(failure, thrown.Failure);
        return thrown;
    }
}
