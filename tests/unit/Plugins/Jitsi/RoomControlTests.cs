using System.Text.Json;
using Tests.Support;

namespace Tests.Plugins.Jitsi;

/// <summary>What the page's own buttons ask of Jitsi's frame, and what the frame tells of its use.</summary>
public sealed class RoomControlTests
{
    private const string Stage = """
        class Element extends EventTarget { append() {} }
        const sent = [], heard = [], looks = [];
        const contentWindow = { postMessage(text) { sent.push(JSON.parse(text).params); } };
        const frame = { contentWindow, remove() {} };
        globalThis.window = new EventTarget();
        globalThis.document = { createElement: () => frame };
        globalThis.setTimeout = () => 1;
        globalThis.setInterval = run => looks.push(run);
        globalThis.clearInterval = id => { looks[id - 1] = () => {}; };
        const element = new Element();
        for (const n of ['used', 'quality', 'recording', 'chat', 'end-asked']) element.addEventListener('meeting-' + n, e => heard.push([n, e.detail]));
        const enter = (acts, devices) => open(element, { domain: 'meet.example.org', roomName: 'r', acts }, null, devices);
        const post = params => window.dispatchEvent(Object.assign(new Event('message'), { source: contentWindow, origin: 'https://meet.example.org',
          data: JSON.stringify({ postis: true, scope: 'jitsi_meet_external_api_0', method: 'message', params }) }));
        const say = (name, data = {}) => post({ type: 'event', data: { name, ...data } });
        const commands = () => sent.filter(p => p.type === 'event').map(p => [p.data.name, ...p.data.data]);
        """;

    [NeedsNodeFact]
    public void A_mentor_mutes_records_and_puts_out_and_nobody_else_has_the_means()
    {
        var said = Run("""
            const mentee = enter({});
            const mentor = enter({ leads: true, mayRecord: true });
            mentor.muteAll(); mentor.record(true); mentor.record(false); mentor.setQuality(360); mentor.setAudioOnly(true);
            console.log(JSON.stringify([['muteAll', 'record', 'remove'].map(n => typeof mentee[n]), commands(), typeof enter({ leads: true }).record]));
            """);
        Assert.Equal("""["undefined","undefined","undefined"]""", said[0].GetRawText());
        Assert.Equal("""[["mute-everyone","audio"],["start-recording",{"mode":"file","shouldShare":false}],["stop-recording","file"],["set-video-quality",360],["set-audio-only",true],["set-low-bandwidth-mode",true]]""",
            said[1].GetRawText());
        Assert.Equal("undefined", said[2].GetString());
    }

    [NeedsNodeTheory]
    [InlineData("""{ id: 'a', displayName: 'Maha' }, { id: 'b', displayName: 'Nour' }""", true, "kick-participant a", "a name that one has")]
    [InlineData("""{ id: 'a', displayName: 'Maha' }, { id: 'b', displayName: 'Maha' }""", false, "", "a name that two have")]
    [InlineData("""{ id: 'a', displayName: 'Maha' }, { id: 'b', displayName: 'Maha', userContext: { id: '7' } }""", true, "kick-participant b", "the account that the server tells")]
    [InlineData("""{ id: 'a', displayName: 'Mona', userContext: { id: '7' } }, { id: 'b', displayName: 'Mona 2', userContext: { id: '7' } }""", true, "kick-participant a,kick-participant b", "two tabs of one account")]
    [InlineData("""{ id: 'b', displayName: 'Nour' }""", false, "", "who is not there")]
    public void Who_is_put_out_is_never_guessed(string others, bool found, string commands, string why)
    {
        var said = Run($$"""
            const room = enter({ leads: true });
            for (const other of [{{others}}]) say('participant-joined', other);
            const gone = room.remove({ id: '7', name: 'Maha' });
            console.log(JSON.stringify([gone, commands().map(c => c.join(' ')).join(',')]));
            """);
        Assert.True((said[0].GetBoolean(), said[1].GetString()) == (found, commands), $"{why}: {said[0]} {said[1]}");
    }

    [NeedsNodeFact]
    public void What_is_used_is_counted_for_oneself_alone_and_a_private_message_is_shown_to_nobody()
    {
        var said = Run("""
            enter({});
            say('video-conference-joined', { id: 'me' });
            say('audio-mute-status-changed', { muted: true }); say('audio-mute-status-changed', { muted: false });
            say('screen-sharing-status-changed', { on: true }); say('screen-sharing-status-changed', { on: false });
            say('raise-hand-updated', { id: 'other', handRaised: 1 }); say('raise-hand-updated', { id: 'me', handRaised: 1 }); say('raise-hand-updated', { id: 'me', handRaised: 0 });
            say('outgoing-message', { message: 'Hello', privateMessage: false }); say('outgoing-message', { message: 'Psst', privateMessage: true });
            say('recording-status-changed', { on: true, mode: 'file' }); say('recording-status-changed', { on: true, mode: 'local' });
            say('toolbar-button-clicked', { key: 'end-meeting' }); say('toolbar-button-clicked', { key: 'chat' });
            console.log(JSON.stringify([heard.filter(h => h[0] === 'used').map(h => h[1].feature).join(' '), heard.filter(h => h[0] !== 'used')]));
            """);
        Assert.Equal("mutes shares hands messages messages", said[0].GetString());
        Assert.Equal("""[["chat",{"text":"Hello","mine":true,"name":""}],["recording",{"on":true}],["end-asked",{}]]""", said[1].GetRawText());
    }

    [NeedsNodeFact]
    public void The_line_is_asked_about_once_one_is_in_and_not_after_the_room_is_closed()
    {
        var said = Run("""
            const room = enter({});
            looks[0]();
            say('video-conference-joined', { id: 'me' });
            looks[0]();
            for (const quality of [100, 31, 30, 11, 10, 0]) post({ type: 'response', id: 1, result: { connectionQuality: quality } });
            post({ type: 'response', id: 1, result: {} }); post({ type: 'response', id: 1 });
            room.close();
            looks[0]();
            console.log(JSON.stringify([heard.map(h => h[1].level).join(' '), sent.filter(p => p.type === 'request')]));
            """);
        Assert.Equal("good good fair fair poor poor", said[0].GetString());
        Assert.Equal("""[{"type":"request","id":1,"data":{"name":"connection-stats"}}]""", said[1].GetRawText());
    }

    [NeedsNodeFact]
    public void Devices_that_somebody_chose_go_along()
    {
        var said = Run("""
            enter({}, { videoInput: 'Desk & lamp', audioInput: undefined });
            console.log(JSON.stringify([decodeURIComponent(new URL(frame.src).hash)]));
            """);
        Assert.Contains("devices.videoInput=\"Desk & lamp\"", said[0].GetString());
        Assert.DoesNotContain("audioInput", said[0].GetString());
    }

    private static JsonElement[] Run(string script)
    {
        var module = File.ReadAllText(Path.Combine(Repository.Root, "Plugins", "Jitsi", "room.js"));
        return [.. JsonSerializer.Deserialize<JsonElement>(
            Tool.Run("node", ["--input-type=module", "-e", $"{module}\n{Stage}\n{script}"])).EnumerateArray()];
    }
}
