using System.ComponentModel;
using System.Reflection;
using System.Resources;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Plugins.Simulator;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Simulator;

public class SimulatorTests
{
    private static readonly Guid Maha = Guid.Parse("0199d2f0-0000-7000-8000-0000000000b1");
    private static readonly Guid Omar = Guid.Parse("0199d2f0-0000-7000-8000-0000000000b2");

    private readonly TestClock clock = new(Meetings.Start);

    [Fact]
    public async Task The_room_says_that_it_is_none_and_who_has_come_in_the_readers_language()
    {
        var provider = Provider(new());
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);

        await JoinAsync(provider, handle, Maha, "Maha", ParticipantRole.Mentor);
        await JoinAsync(provider, handle, Omar, "Omar", ParticipantRole.Mentee);
        var room = await JoinAsync(provider, handle, Maha, "Maha", ParticipantRole.Mentor, "ar");

        Assert.Matches(@"\p{IsArabic}", room.GetProperty("notice").GetString());
        Assert.Equal([("Maha", "مرشد", "أنت"), ("Omar", "مسترشد", null)], room.GetProperty("people").EnumerateArray()
            .Select(p => (p.GetProperty("name").GetString(), p.GetProperty("role").GetString(), p.GetProperty("you").GetString())));
        var english = await JoinAsync(provider, handle, Omar, "Omar", ParticipantRole.Mentee);
        Assert.Contains("isn’t a real meeting", english.GetProperty("notice").GetString());
    }

    [Fact]
    public void Administrators_are_told_that_it_is_a_simulation() =>
        Assert.Contains("simulation", Assert.Single(Provider(new()).Descriptor.KnownLimits));

    [Fact]
    public async Task A_moved_session_keeps_its_meeting_and_an_ended_one_is_gone()
    {
        var provider = Provider(new());
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);

        Assert.Equal(handle, await provider.UpdateMeetingAsync(handle, Meetings.Request(), default));
        Assert.Equal(handle, await provider.CreateMeetingAsync(Meetings.Request(), default));
        Assert.True(await provider.ExistsAsync(handle, default));
        await provider.EndMeetingAsync(handle, default);

        Assert.False(await provider.ExistsAsync(handle, default));
        await NotFoundAsync(provider, handle);
    }

    [Fact]
    public async Task A_meeting_of_before_a_restart_is_still_there()
    {
        var handle = await Provider(new()).CreateMeetingAsync(Meetings.Request(), default);

        Assert.True(await Provider(new()).ExistsAsync(handle, default));
        Assert.Null(await Provider(new()).ReadAttendanceAsync(handle, default));
    }

    [Fact]
    public async Task A_tool_that_loses_meetings_has_none()
    {
        var provider = Provider(new() { LosesMeetings = true });
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);

        Assert.False(await provider.ExistsAsync(handle, default));
        await NotFoundAsync(provider, handle);
    }

    [Fact]
    public async Task Who_opened_the_room_was_there()
    {
        var provider = Provider(new());
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);
        Assert.Empty((await provider.ReadAttendanceAsync(handle, default))!);
        await JoinAsync(provider, handle, Maha, "Maha", ParticipantRole.Mentee);
        clock.Advance(TimeSpan.FromMinutes(40));
        await provider.EndMeetingAsync(handle, default);

        var signs = await provider.ReadAttendanceAsync(handle, default);

        Assert.Equal([(MeetingSignKind.Joined, Meetings.Start), (MeetingSignKind.Left, Meetings.Start.AddMinutes(40))],
            signs!.Select(s => (s.Kind, s.At)));
        Assert.All(signs!, s => Assert.Equal((handle.Key, (Guid?)Maha), (s.MeetingKey, s.Participant)));
        Assert.Equal(signs!.Select(s => s.Id), (await provider.ReadAttendanceAsync(handle, default))!.Select(s => s.Id));
        Assert.Equal(2, signs!.Select(s => s.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(SimulatedFailure.Unauthorized, ProviderFailure.Unauthorized)]
    [InlineData(SimulatedFailure.Rejected, ProviderFailure.Rejected)]
    [InlineData(SimulatedFailure.RateLimited, ProviderFailure.RateLimited)]
    [InlineData(SimulatedFailure.Unavailable, ProviderFailure.Unavailable)]
    public async Task Each_failure_can_be_seen(SimulatedFailure told, ProviderFailure failure)
    {
        var provider = Provider(new() { Failure = told });

        var thrown = await Assert.ThrowsAsync<ProviderException>(
            async () => await provider.CreateMeetingAsync(Meetings.Request(), default));
        var check = await provider.CheckAsync(default);

        Assert.Equal(failure, thrown.Failure);
        Assert.Equal(failure == ProviderFailure.RateLimited, thrown.RetryAfter is not null);
        Assert.False(check.Healthy);
        Assert.Equal(thrown.Message, check.Message);
    }

    [Fact]
    public async Task A_bug_is_no_failure_that_was_foreseen() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await Provider(new() { Failure = SimulatedFailure.Bug }).CreateMeetingAsync(Meetings.Request(), default));

    [Fact]
    public async Task Calls_that_were_not_chosen_work()
    {
        var provider = Provider(new() { Failure = SimulatedFailure.Unavailable, FailingCall = SimulatedCall.Join });

        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);

        await Assert.ThrowsAsync<ProviderException>(() => JoinAsync(provider, handle, Maha, "Maha", ParticipantRole.Mentee));
        Assert.True((await provider.CheckAsync(default)).Healthy);
    }

    [Fact]
    public async Task A_slow_tool_answers_when_its_time_has_come_and_not_to_those_who_gave_up()
    {
        using var stop = new CancellationTokenSource();
        var provider = Provider(new() { DelaySeconds = 30 });

        var patient = provider.CreateMeetingAsync(Meetings.Request(), default).AsTask();
        var hasty = provider.CreateMeetingAsync(Meetings.Request(), stop.Token).AsTask();
        await stop.CancelAsync();
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(patient.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(await patient);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hasty);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, null)]
    public async Task Phone_numbers_are_there_unless_switched_off(bool on, int? numbers)
    {
        var provider = Provider(new() { PhoneNumbers = on });
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);

        Assert.Equal(numbers, (await provider.GetDialInAsync(handle, default))?.Numbers.Count);
    }

    [Fact]
    public void Every_setting_has_a_label_and_a_group()
    {
        var texts = new ResourceManager("Plugins.Simulator.Texts", typeof(SimulatorOptions).Assembly);
        Assert.All(typeof(SimulatorOptions).GetProperties(), p =>
        {
            Assert.NotNull(texts.GetString("Option" + p.Name));
            Assert.NotNull(texts.GetString("Group" + p.GetCustomAttribute<CategoryAttribute>()!.Category));
            if (p.PropertyType.IsEnum)
                Assert.All(Enum.GetNames(p.PropertyType), v => Assert.NotNull(texts.GetString(p.PropertyType.Name + v)));
        });
    }

    [NeedsNodeFact]
    public void The_rooms_module_shows_names_as_text_and_tells_the_page_of_coming_and_going()
    {
        var said = JsonDocument.Parse(Tool.Run("node", ["--input-type=module", "-e", Provider(new()).RoomModule + """
            class Node extends EventTarget {
              constructor(name) { super(); this.name = name; this.children = []; this.style = {}; }
              append(...more) { this.children.push(...more); for (const m of more) if (m instanceof Node) m.parent = this; }
              remove() { this.parent.children = this.parent.children.filter(c => c !== this); }
              get all() { return [this, ...this.children.filter(c => c instanceof Node).flatMap(c => c.all)]; }
            }
            globalThis.document = { createElement: name => new Node(name) };
            const element = new Node('div'), heard = [];
            for (const n of ['meeting-joined', 'meeting-closed']) element.addEventListener(n, () => heard.push(n));
            const data = { heading: 'h', notice: 'none', peopleHeading: 'p', leave: 'Leave',
              people: [{ name: '<img src=x onerror=alert(1)>', role: 'Mentor', you: 'you' }, { name: 'Omar', role: 'Mentee', you: null }] };
            const room = open(element, data);
            const words = element.all.map(n => n.textContent).filter(Boolean);
            element.all.find(n => n.name === 'button').dispatchEvent(new Event('click'));
            const left = element.children.length;
            open(element, data).close();
            console.log(JSON.stringify([words, heard, left, element.children.length, element.all.map(n => n.innerHTML ?? null)]));
            """])).RootElement;

        Assert.Equal(
            ["h", "none", "p", "<img src=x onerror=alert(1)>", "Mentor", "you", "Omar", "Mentee", "Leave"],
            said[0].EnumerateArray().Select(w => w.GetString()));
        Assert.Equal(["meeting-joined", "meeting-closed", "meeting-joined"], said[1].EnumerateArray().Select(w => w.GetString()));
        Assert.Equal((0, 0), (said[2].GetInt32(), said[3].GetInt32()));
        Assert.All(said[4].EnumerateArray(), html => Assert.Equal(JsonValueKind.Null, html.ValueKind));
    }

    private SimulatorProvider Provider(SimulatorOptions options) => new(new ProviderContext<SimulatorOptions>
    {
        Options = options,
        Http = new HttpClient(),
        Logger = NullLogger.Instance,
        Clock = clock,
        PublicUrl = new Uri("https://portal.example"),
    });

    private static async Task<JsonElement> JoinAsync(
        SimulatorProvider provider, MeetingHandle handle, Guid person, string name, ParticipantRole role, string culture = "en")
    {
        var join = Meetings.Join(handle, role, name) with { Culture = culture };
        var target = await provider.GetJoinAsync(join with { Participant = join.Participant with { Id = person } }, default);
        return JsonDocument.Parse(Assert.IsType<EmbedTarget>(target).Data).RootElement;
    }

    private static async Task NotFoundAsync(SimulatorProvider provider, MeetingHandle handle)
    {
        var thrown = await Assert.ThrowsAsync<ProviderException>(
            () => JoinAsync(provider, handle, Maha, "Maha", ParticipantRole.Mentee));
        Assert.Equal(ProviderFailure.NotFound, thrown.Failure);
    }
}
