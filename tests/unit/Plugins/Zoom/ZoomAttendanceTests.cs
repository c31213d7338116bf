using System.Text.Json.Nodes;
using Plugins.Zoom;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Zoom;

public sealed class ZoomAttendanceTests : IDisposable
{
    private static readonly Guid Maha = Guid.Parse("0199d2f0-0000-7000-8000-0000000000b1");

    private readonly ZoomBench bench = new();

    private FakeZoom Zoom => bench.Zoom;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Everyone_who_was_there_is_told_over_all_pages_and_by_the_same_ids_as_by_webhook()
    {
        var handle = await CreateAsync();
        Zoom.PageSize = 1;
        Zoom.Participants["/run//1=="] = [Person("7", "09:01", "09:40"), Person("8", "09:02", "09:41", user: "u", email: "p@example.org")];

        var signs = await bench.Provider.ReadAttendanceAsync(handle, default);

        Assert.Equal(4, signs!.Count);
        Assert.All(signs, s => Assert.Equal(handle.Key, s.MeetingKey));
        Assert.Equal(
            [(MeetingSignKind.Joined, 1), (MeetingSignKind.Left, 40), (MeetingSignKind.Joined, 2), (MeetingSignKind.Left, 41)],
            signs.Select(s => (s.Kind, s.At.Minute)));
        Assert.Equal([null, null, "p@example.org", "p@example.org"], signs.Select(s => s.Email));
        var webhook = Assert.Single(bench.Provider.Receive(bench.Signed("""
            {"event":"meeting.participant_joined","event_ts":1,"payload":{"object":{"id":KEY,"uuid":"/run//1==",
            "participant":{"user_id":"7","join_time":"2026-12-01T09:01:00Z"}}}}
            """.Replace("KEY", handle.Key))).Signs);
        Assert.Equal(signs[0].Id, webhook.Id);
    }

    [Fact]
    public async Task A_run_after_all_had_left_is_told_as_well()
    {
        var handle = await CreateAsync();
        Zoom.Meetings.Values.Single()["last_run"] = "second==";
        Zoom.Participants["/run//1=="] = [Person("7", "09:01", "09:10")];
        Zoom.Participants["second=="] = [Person("9", "09:20", "09:40")];

        Assert.Equal(4, (await bench.Provider.ReadAttendanceAsync(handle, default))!.Count);
    }

    [Fact]
    public async Task Who_had_a_personal_link_is_named_even_after_a_restart()
    {
        bench.Options.PersonalLinks = true;
        var handle = await CreateAsync();
        await bench.JoinAsync(handle, ParticipantRole.Mentee, Maha);
        Zoom.Participants["/run//1=="] = [Person("7", "09:01", "09:40", registrant: "registrant-0199d2f0")];

        var signs = await bench.NewProvider().ReadAttendanceAsync(handle, default);

        Assert.All(signs!, s => Assert.Equal(Maha, s.Participant));
    }

    [Fact]
    public async Task Nobody_is_named_who_registered_at_Zooms_own_form_under_somebody_elses_id()
    {
        bench.Options.PersonalLinks = true;
        var handle = await CreateAsync();
        Zoom.Registrants.Add((long.Parse(handle.Key!), new() { ["id"] = "typed", ["email"] = $"{Maha:n}@portal.example" }));
        Zoom.Participants["/run//1=="] = [Person("7", "09:01", "09:40", registrant: "typed")];

        var signs = await bench.Provider.ReadAttendanceAsync(handle, default);

        Assert.Equal([null, null], signs!.Select(s => s.Participant));
    }

    [Fact]
    public async Task Nobody_is_told_while_the_meeting_goes_on()
    {
        var handle = await CreateAsync();
        Zoom.Participants["/run//1=="] = [Person("7", "09:01", "09:10")];
        bench.Clock.MoveTo(Meetings.Start.AddHours(5));
        Zoom.Meetings.Values.Single()["status"] = "started";
        var during = await bench.Provider.ReadAttendanceAsync(handle, default);
        Zoom.Refuse("GET", "/meetings/", 503, 0);
        var unclear = await Assert.ThrowsAsync<ProviderException>(
            async () => await bench.Provider.ReadAttendanceAsync(handle, default));
        Zoom.Meetings.Values.Single()["status"] = "waiting";
        var after = await bench.Provider.ReadAttendanceAsync(handle, default);
        Zoom.Refuse("GET", "/meetings/", 403, 3001);
        var unseen = await bench.Provider.ReadAttendanceAsync(handle, default);

        Assert.Null(during);
        Assert.Equal(ProviderFailure.Unavailable, unclear.Failure);
        Assert.Equal((2, 2), (after!.Count, unseen!.Count));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(224, true)]
    [InlineData(226, false)]
    public async Task Without_records_Zoom_is_asked_again_until_three_hours_after_the_end(int minutes, bool again)
    {
        var handle = await CreateAsync();
        bench.Clock.MoveTo(Meetings.Start.AddMinutes(minutes));

        var signs = await bench.Provider.ReadAttendanceAsync(handle, default);

        Assert.Equal(again, signs is null);
        if (!again)
            Assert.Empty(signs!);
    }

    [Fact]
    public async Task A_deleted_meeting_still_says_who_was_there()
    {
        bench.Options.PersonalLinks = true;
        var handle = await CreateAsync();
        await bench.Provider.EndMeetingAsync(handle, default);
        Zoom.Participants["/run//1=="] = [Person("7", "09:01", "09:40")];

        Assert.Equal(2, (await bench.NewProvider().ReadAttendanceAsync(handle, default))!.Count);
    }

    [Fact]
    public async Task The_report_serves_where_the_plan_does_not_give_the_list()
    {
        var handle = await CreateAsync();
        Zoom.Participants["/run//1=="] = [Person("7", "09:01", "09:40")];
        Zoom.Refuse("GET", "/past_meetings/%252Frun", 400, 200);

        Assert.Equal(2, (await bench.Provider.ReadAttendanceAsync(handle, default))!.Count);
        Assert.Single(Zoom.Sent("GET", "/report/"));
    }

    [NeedsZoomContractFact]
    public async Task Zooms_own_samples_are_read()
    {
        foreach (var (name, path) in new[] { ("past_meetings-{meetingId}-participants_GET", "past_meetings"),
            ("report-meetings-{meetingId}-participants_GET", "report") })
        {
            var sample = JsonNode.Parse(
                File.ReadAllText(Path.Combine(ZoomContract.Folder!, "zoom-samples", "endpoints", name + ".json")))!;
            var page = System.Text.Json.JsonSerializer.Deserialize<ZoomPage>(sample.ToJsonString(), ZoomJson.Options)!;
            var person = Assert.Single(page.Participants!);
            Assert.Equal(("27423744", 6, 7, path), (person.UserId, ZoomJson.Time(person.JoinTime)!.Value.Hour,
                ZoomJson.Time(person.LeaveTime)!.Value.Hour, path));
        }
        var meeting = System.Text.Json.JsonSerializer.Deserialize<ZoomMeeting>(
            File.ReadAllText(Path.Combine(ZoomContract.Folder!, "zoom-samples", "endpoints", "users-{userId}-meetings_POST.json")),
            ZoomJson.Options)!;
        var handle = ZoomHandle.Of(meeting, Meetings.Start);
        Assert.Equal((92674392836, true, "https://example.com/j/11111"), (handle.Id, handle.Registers, handle.Join.AbsoluteUri));
        Assert.Equal("+1 1000200200", meeting.Settings!.GlobalDialInNumbers![0].Number);
    }

    private async Task<MeetingHandle> CreateAsync()
    {
        var handle = await bench.CreateAsync();
        Zoom.Meetings.Values.Single()["uuid"] = "/run//1==";
        Assert.Contains("/run//1==", handle.Value);
        bench.Clock.MoveTo(Meetings.Start.AddMinutes(50));
        return handle;
    }

    private static JsonObject Person(string stay, string from, string to, string user = "", string email = "", string registrant = "") =>
        new()
        {
            ["id"] = user,
            ["user_id"] = stay,
            ["user_email"] = email,
            ["registrant_id"] = registrant,
            ["join_time"] = $"2026-12-01T{from}:00Z",
            ["leave_time"] = $"2026-12-01T{to}:00Z",
        };
}
