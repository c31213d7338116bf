using System.Text.Json;
using Plugins.Jitsi;
using Tests.Support;

namespace Tests.Plugins.Jitsi;

public class RoomModuleTests
{
    // A page and a frame that keep what is done to them, and let the test play the server.
    private const string Stage = """
        class Element extends EventTarget { constructor() { super(); this.heard = []; this.children = [];
          for (const n of ['joined', 'others', 'muted', 'closed', 'removed', 'ended', 'full', 'refused', 'error']) this.addEventListener('meeting-' + n, e => this.heard.push([n, e.detail])); }
          append(child) { this.children.push(child); } }
        const sent = [], timers = [];
        const contentWindow = { postMessage(text, origin) { sent.push([JSON.parse(text), origin]); } };
        const frame = { contentWindow, removed: false, remove() { this.removed = true; } };
        globalThis.window = new EventTarget();
        globalThis.document = { createElement: () => frame };
        globalThis.setTimeout = (run, after) => timers.push({ run, after });
        const looks = [];
        globalThis.setInterval = run => looks.push(run);
        globalThis.clearInterval = id => { looks[id - 1] = () => {}; };
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
            say(event('participant-joined', { id: 'x' })); say(event('participant-joined', { id: 'y' })); say(event('participant-left', { id: 'x' }));
            say(event('audio-mute-status-changed', { muted: true })); say(event('video-mute-status-changed', { muted: false }));
            say(event('participant-kicked-out', { kicked: { id: 'y', local: false } }));
            say(event('video-conference-left'));
            say(event('video-ready-to-close'));
            room.close();
            say(event('video-conference-joined', { id: 'late' }));
            console.log(JSON.stringify([element.heard, sent, frame.removed]));
            """);
        Assert.Equal("""[["joined",{"id":"abc","breakoutRoom":false}],["others",{"count":0}],["error",{"name":"connection.droppedError","type":"CONNECTION","isFatal":true}],["others",{"count":1}],["others",{"count":2}],["others",{"count":1}],["muted",{"audio":true}],["muted",{"video":false}],["closed",{}]]""", said[0].GetRawText());
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
        Assert.Equal(20_000, silent[1].GetInt32());
        var heard = Run("say(post('__ready__', '17')); timers[0].run(); console.log(JSON.stringify([element.heard]));");
        Assert.Equal("[]", heard[0].GetRawText());
    }

    [NeedsNodeTheory]
    [InlineData("conference.destroyed", "ended")]
    [InlineData("conference.gracefulShutdown", "ended")]
    [InlineData("CONFERENCE_TIME_LIMIT", "ended")]
    [InlineData("conference.max_users", "full")]
    [InlineData("conference.connectionError.notAllowed", "refused")]
    [InlineData("conference.connectionError.accessDenied", "refused")]
    [InlineData("conference.reservationError", "refused")]
    [InlineData("conference.connectionError.membersOnly", null)]
    [InlineData("conference.passwordRequired", null)]
    [InlineData("conference.authenticationRequired", null)]
    [InlineData("conference.display_name_required", null)]
    [InlineData("conference.restarted", null)]
    public void What_a_second_try_would_not_mend_is_an_end_and_what_the_tool_asks_about_is_nothing(string name, string? end)
    {
        var said = Run($"say(event('error-occurred', {{ error: {{ name: '{name}', isFatal: false }} }})); console.log(JSON.stringify(element.heard));");
        Assert.Equal(end is null ? "" : end, string.Join(' ', said.Select(e => e[0].GetString())));
    }

    [NeedsNodeFact]
    public void A_kick_is_told_at_once_and_a_token_that_is_refused_is_worth_one_new_one()
    {
        var said = Run("""
            say(event('participant-kicked-out', { kicked: { id: 'abc', local: true } }));
            const refusal = event('error-occurred', { error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false } });
            say(refusal);
            const later = new Element();
            open(later, { domain: 'meet.example.org:8443/school', roomName: 'quiet-river' }, { again: true });
            say(refusal);
            console.log(JSON.stringify([element.heard.slice(0, 2), later.heard]));
            """);
        Assert.Equal("""[["removed",{}],["error",{"name":"connection.passwordRequired","type":"CONNECTION","isFatal":true}]]""", said[0].GetRawText());
        Assert.Equal("""[["refused",{}]]""", said[1].GetRawText());
    }

    [NeedsNodeFact]
    public void Who_was_in_comes_back_as_they_were_and_past_the_first_page()
    {
        var said = Run("""
            const sources = [];
            for (const back of [{ audio: true, video: false, again: true }, {}]) {
              open(new Element(), { domain: 'meet.example.org', roomName: 'r', config: { prejoinConfig: { enabled: true, hideDisplayName: true }, startWithAudioMuted: false } }, back);
              sources.push(decodeURIComponent(new URL(frame.src).hash));
            }
            console.log(JSON.stringify(sources));
            """);
        Assert.Equal("#jitsi_meet_external_api_id=0&config.prejoinConfig={\"enabled\":false,\"hideDisplayName\":true}&config.startWithAudioMuted=true&config.startWithVideoMuted=false",
            said[0].GetString());
        Assert.Equal("#jitsi_meet_external_api_id=0&config.prejoinConfig={\"enabled\":false,\"hideDisplayName\":true}&config.startWithAudioMuted=false", said[1].GetString());
    }

    private const string Acts = """
        const said = new Element();
        sent.length = 0;
        const commands = () => sent.map(s => s[0]).filter(m => m.method === 'message').map(m => [m.params.data.name, ...m.params.data.data]);
        const again = acts => open(said, { domain: 'meet.example.org:8443/school', roomName: 'quiet-river', jwt: 'a.b.c', acts });
        const joined = () => say(event('video-conference-joined', { id: 'abc' }));
        const role = (id, role) => say(event('participant-role-changed', { id, role }));
        """;

    [NeedsNodeFact]
    public void As_moderator_the_mentors_page_sets_password_lobby_and_recording_once()
    {
        var said = Run(Acts + """
            again({ leads: true, password: '0123456789', lobby: true, record: true, transcribe: true, encrypt: true });
            role('abc', 'moderator'); // known before we are in
            role('other', 'moderator');
            joined(); joined();
            role('abc', 'participant'); role('abc', 'moderator');
            console.log(JSON.stringify([commands(), frame.src, sent.every(s => s[1] === 'https://meet.example.org:8443' && s[0].postis === true)]));
            """);
        Assert.Equal("""[["toggle-e2ee",true],["password","0123456789"],["toggle-lobby",true],["start-recording",{"mode":"file","shouldShare":false,"transcription":true}],["toggle-e2ee",true]]""", said[0].GetRawText());
        Assert.DoesNotContain("0123456789", said[1].GetString());
        Assert.True(said[2].GetBoolean());
    }

    [NeedsNodeFact]
    public void A_mentees_page_answers_the_password_and_sets_nothing()
    {
        var said = Run(Acts + """
            again({ password: '0123456789' });
            say(event('password-required'));
            joined();
            role('abc', 'moderator'); // where everybody moderates
            console.log(JSON.stringify([commands()]));
            """);
        Assert.Equal("""[["password","0123456789"]]""", said[0].GetRawText());
    }

    [NeedsNodeFact]
    public void In_a_breakout_room_and_back_from_it_people_are_encrypted_again()
    {
        var said = Run(Acts + """
            again({ encrypt: true });
            joined();
            say(event('video-conference-joined', { id: 'def', breakoutRoom: true }));
            joined();
            console.log(JSON.stringify([commands()]));
            """);
        Assert.Equal("""[["toggle-e2ee",true],["toggle-e2ee",true],["toggle-e2ee",true]]""", said[0].GetRawText());
    }

    [NeedsNodeFact]
    public void A_room_with_another_password_is_answered_once_and_then_asks_the_person()
    {
        var said = Run(Acts + """
            again({ password: '0123456789' });
            say(event('password-required'));
            say(event('password-required'));
            const first = commands();
            joined();
            say(event('password-required')); // after a reconnect
            console.log(JSON.stringify([first, commands().length]));
            """);
        Assert.Equal("""[["password","0123456789"]]""", said[0].GetRawText());
        Assert.Equal(2, said[1].GetInt32());
    }

    [NeedsNodeFact]
    public void A_room_is_not_opened_alone_where_only_this_page_encrypts_or_knows_the_password()
    {
        var said = Run(Acts + """
            const ways = [{}, { encrypt: false }, { encrypt: true }, { password: '0123456789' }].map(acts => again(acts).address ?? null);
            console.log(JSON.stringify([ways]));
            """);
        const string Address = "https://meet.example.org:8443/school/quiet-river?jwt=a.b.c#jwt=%22a.b.c%22";
        Assert.Equal([Address, Address, null, null], said[0].EnumerateArray().Select(a => a.GetString()));
    }

    [NeedsNodeFact]
    public void What_is_not_asked_for_is_not_done()
    {
        var said = Run(Acts + """
            again({ leads: true, lobby: false, record: true });
            say(event('password-required'));
            say(event('recording-status-changed', { on: true })); // somebody was faster
            joined();
            role('abc', 'moderator');
            console.log(JSON.stringify([commands()]));
            """);
        Assert.Equal("[]", said[0].GetRawText());
    }

    [NeedsNodeFact]
    public void On_a_phone_the_room_has_the_phones_buttons()
    {
        var said = Run("""
            window.matchMedia = () => ({ matches: true });
            open(new Element(), { domain: 'meet.example.org', roomName: 'r', config: { toolbarButtons: ['a', 'b'] }, phoneConfig: { toolbarButtons: ['b'] } });
            const phone = frame.src;
            window.matchMedia = () => ({ matches: false });
            open(new Element(), { domain: 'meet.example.org', roomName: 'r', config: { toolbarButtons: ['a', 'b'] }, phoneConfig: { toolbarButtons: ['b'] } });
            console.log(JSON.stringify([phone, frame.src]));
            """);
        Assert.EndsWith("config.toolbarButtons=[\"b\"]", Uri.UnescapeDataString(said[0].GetString()!));
        Assert.EndsWith("config.toolbarButtons=[\"a\",\"b\"]", Uri.UnescapeDataString(said[1].GetString()!));
    }

    private const string Groups = Acts + """
        const host = again({ leads: true, groups: true });
        joined();
        say(event('participant-joined', { id: 'x', displayName: 'Maha', userContext: { id: 'account-1' } }));
        say(event('participant-joined', { id: 'y', displayName: 'Omar' }));
        say(event('participant-joined', { id: 'z', displayName: 'Kim' }));
        say(event('participant-joined', { id: 'w', displayName: 'Kim' }));
        const groups = [{ name: 'Red', people: [{ id: 'account-1', name: 'Maha N.' }, { id: 'account-2', name: 'Omar' }] },
          { name: 'Blue', people: [{ id: 'account-3', name: 'Kim' }, { id: 'account-4', name: 'Not here' }] }];
        const asks = () => sent.map(s => s[0].params).filter(p => p.type === 'request').map(p => [p.data.name, p.id]);
        const events = () => sent.map(s => s[0].params).filter(p => p.type === 'event').map(p => [p.data.name, ...p.data.data]);
        const main = { id: 'main', name: '', isMainRoom: true };
        const told = rooms => say(event('breakout-rooms-updated', { rooms: Object.fromEntries([main, ...rooms].map(r => [r.id, r])) }));
        """;

    [NeedsNodeFact]
    public void Groups_are_made_by_name_and_whoever_can_be_told_apart_is_sent_there()
    {
        var said = Run(Groups + """
            const left = host.openGroups(groups);
            const [[asked, id]] = asks();
            say(post('message', { type: 'response', id, result: { main, red: { id: 'red', name: 'Red' } } }));
            const first = events();
            told([{ id: 'red', name: 'Red' }]); // not there yet; nothing is made or sent twice
            told([{ id: 'red', name: 'Red' }, { id: 'blue', name: 'Blue' }]);
            console.log(JSON.stringify([asked, left, first, events().length]));
            """);
        Assert.Equal("list-breakout-rooms", said[0].GetString());
        // Two are called Kim, and one is not there.
        Assert.Equal("""["Kim","Not here"]""", said[1].GetRawText());
        Assert.Equal("""[["send-participant-to-room","x","red"],["send-participant-to-room","y","red"],["add-breakout-room","Blue"]]""", said[2].GetRawText());
        Assert.Equal(3, said[3].GetInt32());
    }

    [NeedsNodeFact]
    public void Everybody_is_brought_back_from_all_rooms_but_the_main_one()
    {
        var said = Run(Groups + """
            told([{ id: 'red', name: 'Red' }, { id: 'own', name: 'Made by hand' }]);
            host.closeGroups();
            console.log(JSON.stringify([events()]));
            """);
        Assert.Equal("""[["close-breakout-room","red"],["close-breakout-room","own"]]""", said[0].GetRawText());
    }

    [NeedsNodeFact]
    public void Who_does_not_lead_or_has_no_such_rooms_is_offered_none()
    {
        var said = Run(Acts + """
            console.log(JSON.stringify([[{ leads: true }, { groups: true }, { leads: true, groups: true }].map(acts => 'openGroups' in again(acts))]));
            """);
        Assert.Equal("[false,false,true]", said[0].GetRawText());
    }

    [NeedsNodeTheory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)",
        "org.jitsi.meet://meet.example.org:8443/school/quiet-river?jwt=a.b.c#jwt=%22a.b.c%22")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9)",
        "intent://meet.example.org:8443/school/quiet-river?jwt=a.b.c#Intent;scheme=org.jitsi.meet;package=org.jitsi.meet;end")]
    public void The_app_is_asked_for_as_each_phone_has_it_and_not_where_it_could_not_join(string agent, string address)
    {
        var said = Run(Acts + $$"""
            Object.defineProperty(globalThis, 'navigator', { value: { userAgent: '{{agent}}' }, configurable: true });
            const ways = [{ app: true }, {}, { app: true, encrypt: true }, { app: true, password: '1' }].map(acts => again(acts).app ?? null);
            console.log(JSON.stringify([ways]));
            """);
        Assert.Equal([address, null, null, null], said[0].EnumerateArray().Select(a => a.GetString()));
    }

    [NeedsNodeFact]
    public void Shortcuts_are_those_of_the_buttons_that_are_there()
    {
        var said = Run("""
            const keys = config => open(new Element(), { domain: 'meet.example.org', roomName: 'r', config }).keys.map(k => k.key).join('');
            console.log(JSON.stringify([keys({ toolbarButtons: ['microphone', 'chat'] }), keys({}), keys({ disableShortcuts: true })]));
            """);
        Assert.Equal(["MSpaceC", "MSpaceVDCRPWS?", ""], said.Select(s => s.GetString()));
    }

    private static JsonElement[] Run(string scene)
    {
        var module = JitsiBench.Provider(new JitsiOptions()).RoomModule;
        var said = Tool.Run("node", ["--input-type=module", "-e", module + "\n" + Stage + "\n" + scene]);
        return [.. JsonSerializer.Deserialize<JsonElement>(said).EnumerateArray()];
    }
}
