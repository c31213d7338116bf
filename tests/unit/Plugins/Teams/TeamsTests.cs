using System.Text.Json.Nodes;
using Plugins.Teams;
using Providers;
using Tests.Plugins.Vendors;
using Tests.Support;
using static Tests.Plugins.Teams.TeamsBench;

namespace Tests.Plugins.Teams;

public sealed class TeamsTests : IAsyncLifetime
{
    private readonly TeamsBench bench = new();

    private FakeGraph Graph => bench.Graph;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task A_session_is_a_meeting_of_the_mentors_with_the_lobby_of_the_settings()
    {
        var provider = bench.Provider();

        var handle = await provider.CreateMeetingAsync(Request, default);
        var target = await provider.GetJoinAsync(Meetings.Join(handle), default);

        Assert.Equal("https://teams.microsoft.com/meet/4711?p=abc", Assert.IsType<RedirectTarget>(target).Url.AbsoluteUri);
        var made = Assert.Single(Graph.Meetings).Value;
        Assert.Equal("2026-12-01T09:00:00Z", (string?)made["startDateTime"]);
        Assert.Equal("2026-12-01T09:45:00Z", (string?)made["endDateTime"]);
        Assert.Equal("organization", (string?)made["lobbyBypassSettings"]!["scope"]);
        Assert.Contains($"POST graph.microsoft.com/v1.0/users/{FakeGraph.Maha}/onlineMeetings/createOrGet", Graph.Calls);
        Assert.DoesNotContain("maha", handle.Value);
    }

    [Fact]
    public async Task A_title_is_one_line_and_cut_between_letters_as_people_see_them()
    {
        const string family = "👩‍👩‍👧‍👦"; // eleven units, one letter
        var title = " Two\n\twords " + string.Concat(Enumerable.Repeat(family, 60));

        await bench.Provider().CreateMeetingAsync(Request with { Title = title }, default);

        Assert.Equal("Two words " + string.Concat(Enumerable.Repeat(family, 22)), (string?)Assert.Single(Graph.Meetings).Value["subject"]);
    }

    [Fact]
    public async Task A_second_try_finds_the_meeting_of_the_first_and_sets_its_time()
    {
        var first = await bench.Provider().CreateMeetingAsync(Request, default);
        var second = await bench.Provider().CreateMeetingAsync(Request with { Start = Request.Start.AddHours(1) }, default);

        Assert.Equal(first, second);
        Assert.Equal("2026-12-01T10:00:00Z", (string?)Assert.Single(Graph.Meetings).Value["startDateTime"]);
    }

    [Fact]
    public async Task A_create_that_was_cut_off_after_it_worked_makes_no_second_meeting()
    {
        Graph.NextHalf("19:meeting"); // the meeting is there, its settings are cut off
        await RefusalAsync(async () => await bench.Provider().CreateMeetingAsync(Request, default));

        await bench.Provider().CreateMeetingAsync(Request, default);

        Assert.NotNull(Assert.Single(Graph.Meetings).Value["lobbyBypassSettings"]);
    }

    [Fact]
    public async Task A_fixed_organizer_needs_no_look_at_the_directory()
    {
        var options = Options();
        options.Organizer = FakeGraph.Maha;

        await bench.Provider(options).CreateMeetingAsync(Request with { MentorEmail = null }, default);

        Assert.DoesNotContain($"GET graph.microsoft.com/v1.0/users/{FakeGraph.Maha}", Graph.Calls);
    }

    [Fact]
    public async Task A_moved_session_keeps_its_meeting_and_an_ended_one_is_gone()
    {
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);

        Assert.Equal(handle, await provider.UpdateMeetingAsync(handle, Request with { Start = Request.Start.AddDays(1) }, default));
        Assert.Equal("2026-12-02T09:00:00Z", (string?)Graph.Meetings.Values.Single()["startDateTime"]);
        Assert.True(await provider.ExistsAsync(handle, default));
        await provider.EndMeetingAsync(handle, default);
        await provider.EndMeetingAsync(handle, default);

        Assert.False(await provider.ExistsAsync(handle, default));
        var refusal = await RefusalAsync(async () => await provider.UpdateMeetingAsync(handle, Request, default));
        Assert.Equal(ProviderFailure.NotFound, refusal.Failure);
    }

    [Fact]
    public async Task Phone_numbers_are_read_and_each_is_told_once()
    {
        var provider = bench.Provider();

        var dialIn = await provider.GetDialInAsync(await provider.CreateMeetingAsync(Request, default), default);

        Assert.Equal("471147", dialIn!.Pin);
        Assert.Equal(["+20 2 1234567", "+44 20 7946 0000"], dialIn.Numbers.Select(n => n.Number));
    }

    [Fact]
    public async Task Attendance_knows_people_of_a_directory_alone_and_follows_pages_on_Graph_alone()
    {
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);
        Assert.Null(await provider.ReadAttendanceAsync(handle, default));
        Graph.Reports = Reports(handle, "https://graph.microsoft.com/v1.0");
        var signs = await provider.ReadAttendanceAsync(handle, default);
        Graph.Reports = Reports(handle, "https://evil.example/v1.0");
        var fewer = await provider.ReadAttendanceAsync(handle, default);

        Assert.Equal(["maha@school.example", null], signs!.Where(s => s.Kind == MeetingSignKind.Joined).Select(s => s.Email));
        Assert.Equal(MeetingSignKind.Started, signs![0].Kind);
        Assert.All(signs!, s => Assert.Equal(handle.Key, s.MeetingKey));
        Assert.Equal(6, signs!.Select(s => s.Id).Distinct().Count());
        Assert.Equal(4, fewer!.Count);
    }

    [Fact]
    public async Task Attendance_that_is_switched_off_is_not_asked_for_again()
    {
        var options = Options();
        options.ReadAttendance = false;
        var provider = bench.Provider(options);
        var handle = await provider.CreateMeetingAsync(Request, default);

        Assert.Empty((await provider.ReadAttendanceAsync(handle, default))!);
    }

    [NeedsContractsFact]
    public async Task Everything_that_is_sent_is_in_Microsofts_contract()
    {
        foreach (var lobby in Enum.GetValues<TeamsLobby>())
            foreach (var (presenters, chat) in Enum.GetValues<TeamsPresenters>().Zip(Enum.GetValues<TeamsChat>()))
            {
                var options = Options();
                (options.LobbyBypass, options.Presenters, options.Chat) = (lobby, presenters, chat);
                await bench.Provider(options).CreateMeetingAsync(Request, default);
            }
        var provider = bench.Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);
        await provider.ExistsAsync(handle, default);
        Graph.Reports = Reports(handle, "https://evil.example");
        await provider.ReadAttendanceAsync(handle, default);
        await provider.EndMeetingAsync(handle, default);

        var contract = Contract.Read("msgraph-onlinemeetings-subset.openapi3.json", "/v1.0");
        foreach (var sent in Graph.Requests.Where(r => r.Path.Contains("/onlineMeetings")))
            await contract.HoldAsync(sent);
    }

    private static JsonObject Reports(MeetingHandle handle, string root)
    {
        var records = $"/users/{FakeGraph.Maha}/onlineMeetings/{Uri.EscapeDataString(handle.Key!)}/attendanceReports/r/attendanceRecords";
        var next = $"{root}{records}?$skiptoken=2";
        return JsonNode.Parse($$"""
            {
              "attendanceReports": { "value": [
                { "id": "r", "meetingStartDateTime": "2026-12-01T08:59:00Z", "meetingEndDateTime": "2026-12-01T09:46:00Z" }] },
              "attendanceReports/r/attendanceRecords": { "value": [{
                "id": "a", "emailAddress": "maha@school.example", "identity": { "id": "{{FakeGraph.Maha}}" },
                "attendanceIntervals": [{ "joinDateTime": "2026-12-01T09:00:00Z", "leaveDateTime": "2026-12-01T09:40:00Z" }] }],
                "@odata.nextLink": "{{next}}" },
              "attendanceReports/r/attendanceRecords#2": { "value": [{
                "id": "b", "emailAddress": "typed@evil.example", "identity": { "displayName": "Maha" },
                "attendanceIntervals": [{ "joinDateTime": "2026-12-01T09:01:00Z", "leaveDateTime": "2026-12-01T09:41:00Z" }] }] }
            }
            """)!.AsObject();
    }
}
