using System.Text.Json;
using Plugins.Jitsi;
using Tests.Support;

namespace Tests.Plugins.Jitsi;

public class RoomModuleTests
{
    // A page and a frame that keep what is done to them, and let the test play the server.
    private const string Stage = """
        class Element extends EventTarget { constructor() { super(); this.heard = []; this.children = [];
          for (const n of ['joined', 'left', 'closed', 'error']) this.addEventListener('meeting-' + n, e => this.heard.push([n, e.detail])); }
          append(child) { this.children.push(child); } }
        const sent = [], timers = [];
        const contentWindow = { postMessage(text, origin) { sent.push([JSON.parse(text), origin]); } };
        const frame = { contentWindow, removed: false, remove() { this.removed = true; } };
        globalThis.window = new EventTarget();
        globalThis.document = { createElement: () => frame };
        globalThis.setTimeout = (run, after) => timers.push({ run, after });
        globalThis.clearTimeout = id => { timers[id - 1].run = () => {}; };
        const element = new Element();
        const room = open(element, { domain: 'meet.example.org:8443/school', roomName: 'quiet-river', jwt: 'a.b.c', lang: 'ar',
          config: { localSubject: 'A & B', prejoinConfig: { enabled: true } }, userInfo: { displayName: 'مها' } });
        const say = (message, more = {}) => window.dispatchEvent(Object.assign(new Event('message'),
          { source: contentWindow, origin: 'https://meet.example.org:8443', data: JSON.stringify(message), ...more }));
        const post = (method, params) => ({ postis: true, scope: 'jitsi_meet_external_api_0', method, params });
        const event = (name, data = {}) => post('message', { type: 'event', data: { name, ...data } });
        """;

    [NeedsNodeFact]
    public void The_frame_leads_to_the_room_with_what_the_servers_own_script_would_say()
    {
        var said = Run("""
            console.log(JSON.stringify([frame.src, frame.allow, element.children[0] === frame, frame.title]));
            """);
        var address = new Uri(said[0].GetString()!);
        Assert.Equal("https://meet.example.org:8443/school/quiet-river", address.GetLeftPart(UriPartial.Path));
        Assert.Equal("?jwt=a.b.c&lang=ar", address.Query);
        Assert.Equal(
            ["jitsi_meet_external_api_id=0", "jwt=\"a.b.c\"", "config.localSubject=\"A & B\"", "config.prejoinConfig={\"enabled\":true}",
            "userInfo.displayName=\"مها\""],
            address.Fragment[1..].Split('&').Select(Uri.UnescapeDataString));
        Assert.Contains("camera", said[1].GetString());
        Assert.True(said[2].GetBoolean());
    }

    [NeedsNodeFact]
    public void What_happens_in_the_room_is_told_and_the_greeting_is_answered()
    {
        var said = Run("""
            say(post('__ready__', '17'));
            say(event('video-conference-joined', { id: 'abc', breakoutRoom: false }));
            say(event('error-occurred', { error: { name: 'connection.droppedError', type: 'CONNECTION', isFatal: true, details: { jwt: 'a.b.c' } } }));
            say(event('participant-joined', { id: 'x' }));
            say(event('video-conference-left'));
            say(event('video-ready-to-close'));
            room.close();
            say(event('video-conference-joined', { id: 'late' }));
            console.log(JSON.stringify([element.heard, sent, frame.removed]));
            """);
        Assert.Equal("""[["joined",{"id":"abc","breakoutRoom":false}],["error",{"name":"connection.droppedError","type":"CONNECTION","isFatal":true}],["left",{}],["closed",{}]]""", said[0].GetRawText());
        Assert.Equal("""[[{"postis":true,"scope":"jitsi_meet_external_api_0","method":"__ready__","params":"17"},"https://meet.example.org:8443"]]""", said[1].GetRawText());
        Assert.True(said[2].GetBoolean());
    }

    [NeedsNodeFact]
    public void Nobody_else_is_listened_to_or_answered()
    {
        var said = Run("""
            const joined = event('video-conference-joined', { id: 'abc' });
            say(joined, { origin: 'https://evil.example' });
            say(joined, { source: {} });
            say({ ...joined, scope: 'jitsi_meet_external_api_1' });
            say({ ...joined, postis: 'yes' });
            say(post('__ready__', '17'), { origin: 'https://evil.example' });
            for (const data of ['', '{', 'null', '[]', '"x"', {}, 7]) say(joined, { data });
            say(post('message', null)); say(post('message', { type: 'event' })); say(post('message', { type: 'request', data: joined.params.data }));
            console.log(JSON.stringify([element.heard, sent]));
            """);
        Assert.Equal(("[]", "[]"), (said[0].GetRawText(), said[1].GetRawText()));
    }

    [NeedsNodeFact]
    public void A_server_that_is_not_heard_of_is_an_error_of_the_room()
    {
        var silent = Run("timers[0].run(); console.log(JSON.stringify([element.heard, timers[0].after]));");
        Assert.Equal("""[["error",{"name":"no-answer","isFatal":true}]]""", silent[0].GetRawText());
        Assert.Equal(30_000, silent[1].GetInt32());
        var heard = Run("say(post('__ready__', '17')); timers[0].run(); console.log(JSON.stringify([element.heard]));");
        Assert.Equal("[]", heard[0].GetRawText());
    }

    private static JsonElement[] Run(string scene)
    {
        var module = JitsiBench.Provider(new JitsiOptions()).RoomModule;
        var said = Tool.Run("node", ["--input-type=module", "-e", module + "\n" + Stage + "\n" + scene]);
        return [.. JsonSerializer.Deserialize<JsonElement>(said).EnumerateArray()];
    }
}
