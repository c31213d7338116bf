using Plugins.Jitsi;
using Tests.Support;

namespace Tests.Plugins.Jitsi;

public class RoomModuleTests
{
    // A stand-in for the server's script, which keeps what it was given and lets the test play the server.
    private const string Stage = """
        class Element extends EventTarget { constructor() { super(); this.heard = [];
          for (const n of ['joined', 'left', 'closed', 'error']) this.addEventListener('meeting-' + n, e => this.heard.push([n, e.detail])); } }
        const element = new Element();
        let made;
        class Api { constructor(domain, options) { made = { domain, options, handlers: {}, disposed: false }; }
          on(name, handler) { made.handlers[name] = handler; } dispose() { made.disposed = true; } }
        if (process.argv[1] !== 'missing') globalThis.JitsiMeetExternalAPI = Api;
        const room = open(element, { domain: 'meet.example.org', roomName: 'quiet-river', jwt: 'a.b.c', lang: 'ar', config: { x: 1 }, userInfo: { displayName: 'M' } });
        if (made) {
          made.handlers.videoConferenceJoined({ id: 'abc', breakoutRoom: false });
          made.handlers.errorOccurred({ error: { name: 'connection.droppedError', type: 'CONNECTION', isFatal: true, details: { jwt: 'a.b.c' } } });
          made.handlers.videoConferenceLeft({});
          made.handlers.readyToClose({});
          room.close();
          const { parentNode, ...options } = made.options;
          console.log(JSON.stringify({ domain: made.domain, here: parentNode === element, jwt: options.jwt, room: options.roomName, lang: options.lang, config: options.configOverwrite, disposed: made.disposed }));
        }
        console.log(JSON.stringify(element.heard));
        """;

    [NeedsNodeFact]
    public void The_room_is_opened_and_tells_what_happens_in_it()
    {
        var lines = Run("there");

        Assert.Equal("""{"domain":"meet.example.org","here":true,"jwt":"a.b.c","room":"quiet-river","lang":"ar","config":{"x":1},"disposed":true}""", lines[0]);
        Assert.Equal(
            """[["joined",{"id":"abc","breakoutRoom":false}],["error",{"name":"connection.droppedError","type":"CONNECTION","isFatal":true}],["left",{}],["closed",{}]]""",
            lines[1]);
    }

    [NeedsNodeFact]
    public void A_server_script_that_did_not_load_is_an_error_of_the_room() =>
        Assert.Equal("""[["error",{"name":"script-missing","isFatal":true}]]""", Run("missing")[0]);

    private static string[] Run(string scene)
    {
        var module = JitsiBench.Provider(new JitsiOptions()).RoomModule;
        return Tool.Run("node", ["--input-type=module", "-e", module + "\n" + Stage, scene]).Split('\n');
    }
}
