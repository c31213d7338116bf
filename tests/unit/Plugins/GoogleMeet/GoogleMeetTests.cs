using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Providers;
using Tests.Plugins.Vendors;
using Tests.Support;
using static Tests.Plugins.GoogleMeet.GoogleBench;

namespace Tests.Plugins.GoogleMeet;

public sealed class GoogleMeetTests : IAsyncLifetime
{
    private readonly GoogleBench bench = new();

    private FakeGoogle Google => bench.Google;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task A_session_is_an_event_with_a_call_in_the_mentors_calendar()
    {
        var provider = bench.Provider();

        var handle = await provider.CreateMeetingAsync(Request, default);
        var target = await provider.GetJoinAsync(Meetings.Join(handle), default);

        Assert.Equal("https://meet.google.com/abc-mnop-xyz", Assert.IsType<RedirectTarget>(target).Url.AbsoluteUri);
        var (id, made) = Assert.Single(Google.Events);
        Assert.Matches("^[a-v0-9]{5,1024}$", id);
        Assert.Equal("2026-12-01T09:00:00Z", (string?)made["start"]!["dateTime"]);
        Assert.Equal("2026-12-01T09:45:00Z", (string?)made["end"]!["dateTime"]);
        Assert.Equal("Africa/Cairo", (string?)made["start"]!["timeZone"]);
        Assert.False((bool)made["guestsCanInviteOthers"]!);
        Assert.Null(made["attendees"]);
        var post = Google.Requests.Single(r => r is { Method: "POST", Host: "www.googleapis.com" });
        Assert.Equal(("1", "none"), (post.Query["conferenceDataVersion"].ToString(), post.Query["sendUpdates"].ToString()));
    }

    [Fact]
    public async Task A_title_is_one_line_and_cut_between_letters_as_people_see_them()
    {
        const string family = "👩‍👩‍👧‍👦"; // eleven units, one letter
        var title = " Two\n\twords " + string.Concat(Enumerable.Repeat(family, 60));

        await bench.Provider().CreateMeetingAsync(Request with { Title = title }, default);

        Assert.Equal("Two words " + string.Concat(Enumerable.Repeat(family, 26)), (string?)Assert.Single(Google.Events).Value["summary"]);
    }

    [Fact]
    public async Task A_second_try_finds_the_event_of_the_first()
    {
        var first = await bench.Provider().CreateMeetingAsync(Request, default);
        var second = await bench.Provider().CreateMeetingAsync(Request, default);

        Assert.Equal(first, second);
        Assert.Single(Google.Events);
    }

    [Fact]
    public async Task A_second_try_mends_an_event_that_was_deleted_or_has_another_time()
    {
        await bench.Provider().CreateMeetingAsync(Request, default);
        var made = Google.Events.Values.Single();
        made["status"] = "cancelled";

        await bench.Provider().CreateMeetingAsync(Request with { Start = Request.Start.AddHours(1) }, default);

        Assert.Equal("confirmed", (string?)made["status"]);
        Assert.Equal("2026-12-01T10:00:00Z", (string?)made["start"]!["dateTime"]);
    }

    [Fact]
    public async Task A_link_that_comes_late_is_waited_for_and_then_left_to_the_next_try()
    {
        Google.Pending = 3;
        Assert.NotNull(await bench.Provider().CreateMeetingAsync(Request, default));

        Google.Pending = 100;
        var other = Request with { RoomVersion = 4 };
        var refusal = await RefusalAsync(async () => await bench.Provider().CreateMeetingAsync(other, default));
        Assert.Equal(ProviderFailure.Unavailable, refusal.Failure);
        Assert.Equal(TimeSpan.FromSeconds(15), refusal.RetryAfter);

        Google.Pending = 0;
        Assert.NotNull(await bench.Provider().CreateMeetingAsync(other, default));
        Assert.Equal(2, Google.Events.Count);
    }

    [Fact]
    public async Task A_call_that_failed_is_asked_for_anew_by_the_next_try()
    {
        Google.CallsFail = true;
        var refusal = await RefusalAsync(async () => await bench.Provider().CreateMeetingAsync(Request, default));
        var before = (string?)Google.Events.Values.Single()["conferenceData"]!["createRequest"]!["requestId"];
        Google.CallsFail = false;

        await bench.Provider().CreateMeetingAsync(Request, default);

        Assert.Equal(ProviderFailure.Rejected, refusal.Failure);
        Assert.NotEqual(before, (string?)Google.Events.Values.Single()["conferenceData"]!["createRequest"]!["requestId"]);
    }

    [Fact]
    public async Task The_mentor_is_a_guest_of_the_organizers_event_where_the_settings_say_so()
    {
        var options = ByKey();
        (options.Organizer, options.InviteMentor) = ("desk@school.example", true);

        await bench.Provider(options).CreateMeetingAsync(Request, default);

        var guests = Google.Events.Values.Single()["attendees"]!.AsArray();
        Assert.Equal("maha@school.example", (string?)Assert.Single(guests)!["email"]);
    }

    [Fact]
    public async Task A_moved_session_keeps_its_event_and_its_link()
    {
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);

        var kept = await provider.UpdateMeetingAsync(handle, Request with { Title = "Another", Start = Request.Start.AddDays(1) }, default);

        Assert.Equal(handle, kept);
        Assert.Equal("2026-12-02T09:00:00Z", (string?)Google.Events.Values.Single()["start"]!["dateTime"]);
        Assert.Equal("Another", (string?)Google.Events.Values.Single()["summary"]);
    }

    [Fact]
    public async Task A_meeting_that_was_ended_is_gone_and_can_be_ended_again()
    {
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);
        Assert.True(await provider.ExistsAsync(handle, default));

        await provider.EndMeetingAsync(handle, default);
        await provider.EndMeetingAsync(handle, default);

        Assert.False(await provider.ExistsAsync(handle, default));
        var refusal = await RefusalAsync(async () => await provider.UpdateMeetingAsync(handle, Request, default));
        Assert.Equal(ProviderFailure.NotFound, refusal.Failure);
        Google.Events.Clear();
        await provider.EndMeetingAsync(handle, default);
        Assert.False(await provider.ExistsAsync(handle, default));
    }

    [Fact]
    public async Task A_call_that_goes_on_is_ended_with_the_session_where_the_settings_say_so()
    {
        var options = ByKey();
        options.EndCalls = true;
        Google.Delegated.UnionWith(FakeGoogle.Scopes("meetings.space.created"));
        var provider = bench.Provider(options);
        var handle = await provider.CreateMeetingAsync(Request, default);

        await provider.EndMeetingAsync(handle, default);
        Assert.False(Google.CallIsOn);
        await provider.EndMeetingAsync(handle, default); // no call any more
        Assert.Empty(bench.Log.Entries);
        // Neither a call that may not be looked for nor one that may not be ended keeps the session open.
        Google.Next("/spaces/", context => FakeGoogle.ErrorAsync(context, 403, "PERMISSION_DENIED", "forbidden"));
        await provider.EndMeetingAsync(handle, default);
        Assert.Single(bench.Log.Entries);
        Google.Next(":endActiveConference", context => FakeGoogle.ErrorAsync(context, 403, "PERMISSION_DENIED", "forbidden"));
        await provider.EndMeetingAsync(handle, default);
        Assert.Equal(2, bench.Log.Entries.Count);
    }

    [Fact]
    public async Task The_phone_number_and_its_pin_are_read_from_the_event()
    {
        var provider = bench.Provider();

        var dialIn = await provider.GetDialInAsync(await provider.CreateMeetingAsync(Request, default), default);

        Assert.Equal("4711", dialIn!.Pin);
        Assert.Equal(new DialInNumber("+20 2 1234 5678", "EG"), Assert.Single(dialIn.Numbers));
    }

    [Fact]
    public async Task Attendance_names_the_organizer_alone_and_reads_every_page()
    {
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);
        Assert.Null(await provider.ReadAttendanceAsync(handle, default));
        Google.Records = Records(ended: false);
        Assert.Null(await provider.ReadAttendanceAsync(handle, default));
        Google.Records = Records(ended: true);

        var signs = await provider.ReadAttendanceAsync(handle, default);

        Assert.Equal(
            "Started Joined Joined Left Left Ended",
            string.Join(' ', signs!.Select(s => s.Kind)));
        Assert.Equal(["maha@school.example", null], signs!.Where(s => s.Kind == MeetingSignKind.Joined).Select(s => s.Email));
        Assert.All(signs!, s => Assert.Equal(handle.Key, s.MeetingKey));
        Assert.Equal(signs!.Count, signs.Select(s => s.Id).Distinct().Count());
        Assert.All(signs, s => Assert.InRange(s.Id.Length, 1, 200));
        Assert.Contains(Google.Requests, r => r.Query["filter"] == "space.meeting_code = \"abc-mnop-xyz\"");
    }

    [Fact]
    public async Task The_stays_of_many_people_are_asked_for_eight_at_a_time()
    {
        var (inside, most, eight, turn) = (0, 0, new TaskCompletionSource(), new Lock());
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);
        Google.Records = Records(ended: true);
        Google.Records["/v2/conferenceRecords/r1/participants"] = JsonSerializer.SerializeToNode(new
        {
            participants = Enumerable.Range(0, 20).Select(i => new { name = $"conferenceRecords/r1/participants/many{i}" }),
        });
        for (var i = 0; i < 20; i++)
            Google.Next("/participantSessions", async context =>
            {
                lock (turn)
                    most = Math.Max(most, ++inside);
                if (most == 8)
                    eight.TrySetResult();
                await eight.Task.WaitAsync(TimeSpan.FromSeconds(5), context.RequestAborted);
                await Task.Delay(50);
                lock (turn)
                    inside--;
                await context.Response.WriteAsync("""{"participantSessions":[{"name":"PATH","startTime":"2026-12-01T09:00:00Z"}]}"""
                    .Replace("PATH", context.Request.Path));
            });

        var signs = await provider.ReadAttendanceAsync(handle, default);

        Assert.Equal(8, most);
        Assert.Equal(20, signs!.Where(s => s.Kind == MeetingSignKind.Joined).DistinctBy(s => s.Id).Count());
    }

    [Fact]
    public async Task Attendance_that_is_switched_off_is_not_asked_for_again()
    {
        var options = ByKey();
        options.ReadAttendance = false;
        var provider = bench.Provider(options);
        var handle = await provider.CreateMeetingAsync(Request, default);

        Assert.Empty((await provider.ReadAttendanceAsync(handle, default))!);
    }

    [NeedsContractsFact]
    public async Task Everything_that_is_sent_is_in_Googles_contracts()
    {
        var options = ByKey();
        (options.Organizer, options.InviteMentor, options.EndCalls) = ("desk@school.example", true, true);
        Google.Delegated.UnionWith(FakeGoogle.Scopes("meetings.space.created"));
        Google.Records = Records(ended: true);
        var provider = bench.Provider(options);
        var handle = await provider.CreateMeetingAsync(Request, default);
        await provider.CreateMeetingAsync(Request with { Title = "Moved", Length = TimeSpan.FromHours(2) }, default);
        await provider.UpdateMeetingAsync(handle, Request, default);
        await provider.ExistsAsync(handle, default);
        await provider.ReadAttendanceAsync(handle, default);
        await provider.EndMeetingAsync(handle, default);
        await provider.CheckAsync(default);

        var calendar = Contract.Read("google-calendar-v3.openapi3.json", "/calendar/v3");
        var meet = Contract.Read("google-meet-v2-subset.derived.openapi3.json", "");
        foreach (var sent in Google.Requests.Where(r => r.Host == "www.googleapis.com"))
            await calendar.HoldAsync(sent);
        foreach (var sent in Google.Requests.Where(r => r.Host == "meet.googleapis.com"))
            await meet.HoldAsync(sent);
        Assert.Equal(["DELETE", "GET", "PATCH", "POST"],
            Google.Requests.Where(r => r.Host == "www.googleapis.com").Select(r => r.Method).Distinct().Order());
    }

    private static JsonObject Records(bool ended)
    {
        var record = new JsonObject { ["name"] = "conferenceRecords/r1", ["startTime"] = "2026-12-01T08:59:00Z" };
        if (ended)
            record["endTime"] = "2026-12-01T09:46:00Z";
        return JsonNode.Parse($$"""
            {
              "/v2/conferenceRecords": { "conferenceRecords": [{{record.ToJsonString()}}] },
              "/v2/conferenceRecords/r1/participants": {
                "participants": [{
                  "name": "conferenceRecords/r1/participants/p1", "signedinUser": { "user": "users/1001", "displayName": "Maha" } }],
                "nextPageToken": "two/2" },
              "/v2/conferenceRecords/r1/participants#two/2": {
                "participants": [{
                  "name": "conferenceRecords/r1/participants/p2", "anonymousUser": { "displayName": "maha@school.example" } }] },
              "/v2/conferenceRecords/r1/participants/p1/participantSessions": { "participantSessions": [
                { "name": "conferenceRecords/r1/participants/p1/participantSessions/s",
                  "startTime": "2026-12-01T09:00:00Z", "endTime": "2026-12-01T09:40:00Z" }] },
              "/v2/conferenceRecords/r1/participants/p2/participantSessions": { "participantSessions": [
                { "name": "conferenceRecords/r1/participants/p2/participantSessions/s", "startTime": "2026-12-01T09:02:00Z" }] }
            }
            """)!.AsObject();
    }
}
