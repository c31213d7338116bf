using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plugins.Jitsi;
using Providers;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

public sealed class JitsiEventsTests
{
    private const string Webhook = "whsec_test";
    private const string Person = "0199d2f0-0000-7000-8000-00000000000a";

    private static string Joined(string data) =>
        $$"""{"idempotencyKey":"k-1","fqn":"{{JaasApp}}/quiet-river","eventType":"PARTICIPANT_JOINED","timestamp":1764579600500,"data":{{data}}}""";

    public static TheoryData<string, string, string> FromJaas => new()
    {
        { "ROOM_CREATED", "{}", "Started" },
        { "ROOM_DESTROYED", "{}", "Ended" },
        { "PARTICIPANT_JOINED", $$"""{"id":"{{Person}}","moderator":"true"}""", "Joined" },
        { "PARTICIPANT_JOINED", $$"""{"id":"{{Person}}","isBreakout":true}""", "" },
        { "PARTICIPANT_LEFT", $$"""{"id":"{{Person}}","disconnectReason":"left"}""", "Left" },
        { "PARTICIPANT_LEFT", $$"""{"id":"{{Person}}","disconnectReason":"switch_room"}""", "" },
        { "CHAT_UPLOADED", "{}", "" },
        { "RECORDING_UPLOADED", """{"preAuthenticatedLink":"https://files.example/r.mp4"}""", "Recorded" },
        { "RECORDING_UPLOADED", """{"preAuthenticatedLink":"http://files.example/r.mp4"}""", "" },
        { "RECORDING_UPLOADED", """{"preAuthenticatedLink":"/r.mp4"}""", "" },
        { "RECORDING_UPLOADED", "{}", "" },
    };

    [Theory]
    [MemberData(nameof(FromJaas))]
    public void What_JaaS_reports_becomes_a_sign(string type, string data, string kind)
    {
        var reply = Receive(JaasWith(), Joined(data).Replace("PARTICIPANT_JOINED", type));

        Assert.Equal(200, reply.Status);
        Assert.Equal(kind, string.Join(' ', reply.Signs.Select(s => s.Kind)));
        Assert.All(reply.Signs, s => Assert.Equal(("k-1", "quiet-river"), (s.Id, s.MeetingKey)));
        Assert.All(reply.Signs, s => Assert.Equal(data.Contains(Person) ? Guid.Parse(Person) : null, s.Participant));
        Assert.All(reply.Signs, s => Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1764579600500), s.At));
    }

    [Theory]
    [InlineData("1764579000000")]
    [InlineData("1764579000")]
    public void A_recording_comes_with_its_address_and_times(string start)
    {
        var sign = Assert.Single(Receive(JaasWith(), Joined($$"""
            {"preAuthenticatedLink":"https://files.example/r.mp4?key=1","durationSec":1800.4,"startTimestamp":{{start}}}
            """).Replace("PARTICIPANT_JOINED", "RECORDING_UPLOADED")).Signs);
        var recording = sign.Recording!;
        Assert.Equal(("https://files.example/r.mp4?key=1", sign.At.AddHours(24), 1800.4, DateTimeOffset.FromUnixTimeSeconds(1764579000)),
            (recording.Link.AbsoluteUri, recording.Until, recording.Length!.Value.TotalSeconds, recording.Start!.Value));
        Assert.DoesNotContain("files.example", $"{sign} {recording}");
    }

    [Theory]
    [InlineData("\"soon\"", "\"long\"")]
    [InlineData("5", "-3")]
    [InlineData("1e300", "1e300")]
    public void Of_a_recording_what_makes_no_sense_is_left_out(string start, string length)
    {
        var recording = Assert.Single(Receive(JaasWith(), Joined($$"""
            {"preAuthenticatedLink":"https://files.example/r.mp4","durationSec":{{length}},"startTimestamp":{{start}}}
            """).Replace("PARTICIPANT_JOINED", "RECORDING_UPLOADED")).Signs).Recording!;
        Assert.Equal((null, null), (recording.Start, recording.Length));
    }

    [Fact]
    public void Another_applications_report_says_nothing_of_our_rooms() =>
        Assert.Empty(Receive(JaasWith(), Joined("{}").Replace(JaasApp, JaasApp + "x")).Signs);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-299, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void An_old_report_is_not_believed(int age, bool believed) =>
        Assert.Equal(believed ? 200 : 401, Receive(JaasWith(), Joined("{}"), age).Status);

    [Fact]
    public void A_report_that_was_forged_or_changed_is_refused()
    {
        var options = JaasWith();
        var (body, headers) = Signed(Joined("{}"));
        Assert.Equal(200, Send(options, body, headers).Status);
        Assert.Equal(401, Send(options, body.Replace("k-1", "k-2"), headers).Status);
        Assert.Equal(401, Send(options, body, []).Status);
        Assert.Equal(401, Send(options, body, new() { ["X-Jaas-Signature"] = "t=x,v1=" }).Status);
        Assert.Equal(401, Send(options, body, new() { ["X-Jaas-Signature"] = headers["X-Jaas-Signature"].Replace("v1", "v0") }).Status);
        options.WebhookSecret = "";
        Assert.Equal(401, Send(options, body, headers).Status);
    }

    [Fact]
    public void While_the_secret_changes_one_of_two_signatures_is_enough()
    {
        var (body, headers) = Signed(Joined("{}"));
        var two = headers["X-Jaas-Signature"].Replace(",v1=", ",v1=b3RoZXI=,v1=");
        Assert.Equal(200, Send(JaasWith(), body, new() { ["X-Jaas-Signature"] = two }).Status);
    }

    /// <summary>Computed outside of .NET.</summary>
    [Fact]
    public void A_known_signature_is_accepted()
    {
        const string Body =
            """{"idempotencyKey":"d11f155d-ced5-4a7e-b6d9-aaa135c64f65","eventType":"PARTICIPANT_JOINED","timestamp":1600951800112}""";
        var headers = new Dictionary<string, string> { ["X-Jaas-Signature"] = "t=1632490060,v1=Hy+2out04EdnLxuFMP1WA6lv+GhMrUp3U4hW2Y5Jrts=" };
        var call = new WebhookCall("POST", "", headers, Encoding.UTF8.GetBytes(Body));
        Assert.Equal(200, JitsiEvents.Receive(JaasWith(), null, call, DateTimeOffset.FromUnixTimeSeconds(1632490060)).Status);
    }

    [Fact]
    public void JaaS_is_told_how_many_may_come_and_the_rooms_password()
    {
        var options = JaasWith();
        (options.MaxParticipants, options.RoomPassword, options.Lobby) = (12, JitsiChoice.On, JitsiChoice.Off);

        var reply = Receive(options, $$"""{"fqn":"{{JaasApp}}/quiet-river"}""");

        var settings = JsonDocument.Parse(reply.Json!).RootElement;
        Assert.Equal(12, settings.GetProperty("maxOccupants").GetInt32());
        Assert.Equal(RoomPassword.Of(new JitsiToken(options).Secret, "quiet-river"), settings.GetProperty("passcode").GetString());
        Assert.False(settings.GetProperty("lobbyEnabled").GetBoolean());
        Assert.Empty(reply.Signs);
        Assert.DoesNotContain(Provider(options).Descriptor.KnownLimits, l => l.Contains("muc_max_occupants"));
    }

    private const string Left = """
        {"event_name":"muc-occupant-left","room_name":"quiet-river","room_jid":"quiet-river@muc.meet.jitsi","is_breakout":false,
         "occupant":{"occupant_jid":"a@meet.jitsi/x","joined_at":1764579600,"left_at":1764579660,"id":"PERSON","name":"Maha"}}
        """;

    public static TheoryData<string, string, string, string> FromOwnServer => new()
    {
        { "", "", "Left", "quiet-river" },
        { "muc-occupant-left", "muc-occupant-joined", "Joined", "quiet-river" },
        { "\"quiet-river\",\"room_jid", "\"[school]quiet-river\",\"room_jid", "Left", "quiet-river" },
        { "\"is_breakout\":false", "\"is_breakout\":true", "", "" },
        { "PERSON", "", "", "" }, // a recorder
        { "\"left_at\":1764579660,", "", "", "" },
        { "quiet-river\",\"room_jid", "qu%20iet\",\"room_jid", "", "" },
        { "muc-occupant-left", "muc-something", "", "" },
    };

    [Theory]
    [MemberData(nameof(FromOwnServer))]
    public void What_ones_own_server_reports_becomes_a_sign(string before, string after, string kind, string room)
    {
        var body = before is "" ? Left : Left.Replace(before, after);
        var reply = Send(OwnWith(), body.Replace("PERSON", Person), Bearer());

        Assert.Equal(200, reply.Status);
        Assert.Equal(kind, string.Join(' ', reply.Signs.Select(s => s.Kind)));
        Assert.All(reply.Signs, s => Assert.Equal((room, (Guid?)Guid.Parse(Person)), (s.MeetingKey, s.Participant)));
    }

    [Fact]
    public void A_report_that_is_told_twice_has_the_same_id_and_another_one_has_not()
    {
        var once = Assert.Single(Send(OwnWith(), Left, Bearer()).Signs).Id;
        Assert.Equal(once, Assert.Single(Send(OwnWith(), Left, Bearer()).Signs).Id);
        Assert.NotEqual(once, Assert.Single(Send(OwnWith(), Left.Replace("left_at\":1764579660", "left_at\":1764579661"), Bearer()).Signs).Id);
        Assert.NotEqual(once, Assert.Single(Send(OwnWith(), Left.Replace("meet.jitsi/x", "meet.jitsi/y"), Bearer()).Signs).Id);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"event_name":"\ud800"}""")]
    [InlineData("""{"fqn":"\ud800"}""")]
    public void Garbage_is_a_bad_request(string body)
    {
        Assert.Equal(body.Contains("fqn") ? 200 : 400, Send(OwnWith(), body, Bearer()).Status); // not read there
        Assert.Equal(body.Contains("event_name") ? 200 : 400, Receive(JaasWith(), body).Status);
    }

    [Fact]
    public void Ones_own_server_has_to_bear_the_secret()
    {
        Assert.Equal(401, Send(OwnWith(), Left, []).Status);
        Assert.Equal(401, Send(OwnWith(), Left, new() { ["Authorization"] = "Bearer other" }).Status);
        Assert.Equal(401, Send(OwnWith(), Left, new() { ["Authorization"] = Webhook }).Status);
    }

    [Fact]
    public async Task The_room_is_known_by_its_name_where_reports_are_taken()
    {
        var handle = await Provider(OwnWith()).CreateMeetingAsync(Meetings.Request(), default);
        Assert.Equal(handle.Value, handle.Key);
        Assert.Null((await Provider(SelfHosted()).CreateMeetingAsync(Meetings.Request(), default)).Key);
    }

    private static JitsiOptions JaasWith()
    {
        var options = Jaas();
        options.WebhookSecret = Webhook;
        return options;
    }

    private static JitsiOptions OwnWith()
    {
        var options = SelfHosted();
        options.WebhookSecret = Webhook;
        return options;
    }

    private static Dictionary<string, string> Bearer() => new() { ["Authorization"] = "Bearer " + Webhook };

    private static (string Body, Dictionary<string, string> Headers) Signed(string body, int age = 0)
    {
        var time = Meetings.Start.AddSeconds(age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Webhook), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return (body, new() { ["X-Jaas-Signature"] = $"t={time},v1={Convert.ToBase64String(hash)}" });
    }

    private static WebhookReply Receive(JitsiOptions options, string json, int age = 0)
    {
        var (body, headers) = Signed(json, age);
        return Send(options, body, headers);
    }

    private static WebhookReply Send(JitsiOptions options, string body, Dictionary<string, string> headers) =>
        Provider(options).Receive(new WebhookCall("POST", "", headers, Encoding.UTF8.GetBytes(body)));
}
