using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Zoom;

public sealed class ZoomWebhookTests : IDisposable
{
    private readonly ZoomBench bench = new();

    public void Dispose() => bench.Dispose();

    private const string Joined = """
        {"event":"meeting.participant_joined","event_ts":1732147200000,"payload":{"object":{"id":"93000000001","uuid":"/run//1==",
        "participant":{"user_id":"16778240","join_time":"2026-12-01T09:01:00Z","email":"","registrant_id":"","id":""}}}}
        """;

    [NeedsZoomContractFact]
    public void A_known_call_is_accepted_and_each_mutation_of_it_is_refused()
    {
        var vector = JsonNode.Parse(File.ReadAllText(Path.Combine(ZoomContract.Folder!, "zoom-webhook-vectors.json")))!;
        var (stamp, body, signature) = ((string)vector["timestamp"]!, (string)vector["body"]!, (string)vector["signature"]!);
        bench.Clock.MoveTo(DateTimeOffset.FromUnixTimeSeconds(long.Parse(stamp)).AddMinutes(4));

        var reply = bench.Provider.Receive(ZoomBench.Call(body, stamp, signature));

        Assert.Equal(200, reply.Status);
        var sign = Assert.Single(reply.Signs);
        Assert.Equal((MeetingSignKind.Joined, "93123456789", new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero)),
            (sign.Kind, sign.MeetingKey, sign.At));
        for (var i = 0; i < body.Length; i += 7)
            Refused(body[..i] + (char)(body[i] ^ 1) + body[(i + 1)..], stamp, signature);
        for (var i = 0; i < signature.Length; i++)
            Refused(body, stamp, signature[..i] + (char)(signature[i] ^ 1) + signature[(i + 1)..]);
        Refused(body + " ", stamp, signature);
        Refused(body, (long.Parse(stamp) + 1).ToString(), signature);
        Refused(body, stamp, signature.ToUpperInvariant());
        Refused(body, stamp, signature["v0=".Length..]);
        Refused(body, stamp, "");

        var validation = (JsonObject)vector["urlValidation"]!;
        var answer = bench.Provider.Receive(bench.Signed(
            $$"""{"event":"endpoint.url_validation","payload":{"plainToken":"{{validation["plainToken"]}}"},"event_ts":1}"""));
        Assert.Equal(200, answer.Status);
        Assert.True(JsonNode.DeepEquals(validation, JsonNode.Parse(answer.Json!)));

        void Refused(string otherBody, string otherStamp, string otherSignature)
        {
            var refusal = bench.Provider.Receive(ZoomBench.Call(otherBody, otherStamp, otherSignature));
            Assert.Equal((401, 0), (refusal.Status, refusal.Signs.Count));
        }
    }

    [NeedsZoomContractFact]
    public void Every_sample_of_a_call_is_accepted_and_four_kinds_of_them_are_signs()
    {
        var signs = new Dictionary<string, int>();
        foreach (var file in Directory.GetFiles(Path.Combine(ZoomContract.Folder!, "zoom-samples", "webhooks"), "*.json"))
        {
            var reply = bench.Provider.Receive(bench.Signed(File.ReadAllText(file)));
            Assert.Equal((200, file), (reply.Status, file));
            signs[Path.GetFileNameWithoutExtension(file)] = reply.Signs.Count;
        }

        Assert.Equal(["meeting.ended", "meeting.participant_joined", "meeting.participant_left", "meeting.started"],
            signs.Where(s => s.Value == 1).Select(s => s.Key).Order());
        Assert.True(signs.Count > 15);
    }

    [Theory]
    [InlineData(-299, 200)]
    [InlineData(299, 200)]
    [InlineData(-301, 401)]
    [InlineData(301, 401)]
    public void A_call_is_refused_that_was_signed_more_than_five_minutes_from_now(int seconds, int status)
    {
        var stamp = bench.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString();

        Assert.Equal(status, bench.Provider.Receive(ZoomBench.Signed(Joined, stamp)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("now")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999")]
    public void A_call_whose_time_is_none_is_refused(string stamp) =>
        Assert.Equal(401, bench.Provider.Receive(ZoomBench.Signed(Joined, stamp)).Status);

    [Fact]
    public void A_call_is_refused_without_headers_with_another_secret_and_while_no_secret_is_set()
    {
        var call = bench.Signed(Joined);

        Assert.Equal(401, bench.Provider.Receive(call with { Headers = new Dictionary<string, string>() }).Status);
        Assert.Equal(401, bench.Provider.Receive(call with { Method = "GET" }).Status);
        Assert.Equal(401, bench.Provider.Receive(bench.Signed(Joined, "another secret")).Status);
        bench.Options.WebhookSecret = "";
        Assert.Equal(401, bench.NewProvider().Receive(bench.Signed(Joined, "")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"event":"meeting.started"}""")]
    [InlineData("""{"event":{},"payload":{}}""")]
    [InlineData("""{"event":"meeting.started","payload":{"object":{"id":"../x"}},"event_ts":1}""")]
    [InlineData("""{"event":"meeting.started","payload":{"object":{"id":"1"}}}""")]
    [InlineData("""{"event":"meeting.started","payload":{"object":{"id":"1"}},"event_ts":9223372036854775807}""")]
    [InlineData("""{"event":"meeting.participant_left","payload":{"object":{"id":"1","participant":[]}},"event_ts":1}""")]
    [InlineData("""{"event":"endpoint.url_validation","payload":{"plainToken":""}}""")]
    [InlineData("""{"event":"\ud800","payload":{}}""")]
    public void A_call_that_is_signed_and_cannot_be_read_is_told_so(string body) =>
        Assert.Equal(400, bench.Provider.Receive(bench.Signed(body)).Status);

    [Fact]
    public void Bytes_that_are_no_text_are_told_so()
    {
        var stamp = bench.Clock.GetUtcNow().ToUnixTimeSeconds().ToString();
        byte[] body = [.. "{\"event\":\""u8, 0xC3, 0x28, .. "\",\"payload\":{}}"u8];
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{stamp}:"), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(ZoomBench.WebhookSecret), signed);

        var reply = bench.Provider.Receive(ZoomBench.Call("", stamp, "v0=" + Convert.ToHexStringLower(mac)) with { Body = body });

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public void A_repeated_call_has_the_same_id_and_each_event_another()
    {
        string Id(string body) => Assert.Single(bench.Provider.Receive(bench.Signed(body)).Signs).Id;
        string[] bodies =
        [
            Joined,
            Joined.Replace("16778240", "16778241"),
            Joined.Replace("09:01:00", "09:01:01"),
            Joined.Replace("93000000001", "93000000002"),
            Joined.Replace("/run//1", "/run//2"),
            Joined.Replace("participant_joined", "participant_left").Replace("join_time", "leave_time"),
        ];

        Assert.Equal(bodies.Length, bodies.Select(Id).Distinct().Count());
        Assert.Equal(Id(Joined), Id(Joined.Replace("1732147200000", "1732147200001")));
        Assert.All(bodies.Select(Id), id => Assert.InRange(id.Length, 1, 200));
    }

    [Theory]
    [InlineData("", "typed@example.org", null)]
    [InlineData("zoom-user", "proven@example.org", "proven@example.org")]
    [InlineData("zoom-user", "", null)]
    public void Only_an_address_that_Zoom_has_proven_is_passed_on(string user, string email, string? told)
    {
        var sign = Assert.Single(bench.Provider.Receive(bench.Signed(Joined
            .Replace("\"id\":\"\"", $"\"id\":\"{user}\"").Replace("\"email\":\"\"", $"\"email\":\"{email}\""))).Signs);

        Assert.Equal(told, sign.Email);
        Assert.Null(sign.Participant);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_person_with_a_personal_link_is_named(bool byAddress, bool byRegistrant)
    {
        bench.Options.PersonalLinks = true;
        var handle = await bench.CreateAsync();
        var person = Guid.Parse("0199d2f0-0000-7000-8000-0000000000b1");
        if (byRegistrant)
            await bench.JoinAsync(handle, ParticipantRole.Mentee, person);

        var sign = Assert.Single(bench.Provider.Receive(bench.Signed(Joined
            .Replace("\"registrant_id\":\"\"", byRegistrant ? "\"registrant_id\":\"registrant-0199d2f0\"" : "\"registrant_id\":\"x\"")
            .Replace("\"email\":\"\"", byAddress ? $"\"email\":\"{ZoomBench.AddressOf(person)}\"" : "\"email\":\"\""))).Signs);

        Assert.Equal(person, sign.Participant);
        Assert.Null(sign.Email);
    }

    [Fact]
    public void A_person_is_not_named_by_an_address_that_somebody_typed_at_Zoom()
    {
        var person = Guid.Parse("0199d2f0-0000-7000-8000-0000000000b1");
        var (ours, others) = (ZoomBench.AddressOf(person), ZoomBench.AddressOf(Guid.NewGuid()));
        string[] typed =
        [
            $"{person:n}@portal.example", $"{person:n}.@portal.example", $"{person:n}.0123456789abcdef@portal.example",
            $"{person:n}{others[32..]}", ours.Replace("portal.example", "evil.example"), ours + ".evil.example", ours[..^1],
        ];
        Guid? Named(string email) => Assert.Single(bench.Provider.Receive(bench.Signed(
            Joined.Replace("\"email\":\"\"", $"\"email\":\"{email}\""))).Signs).Participant;

        Assert.All(typed, email => Assert.Null(Named(email)));
        Assert.Equal(person, Named(ours.ToUpperInvariant()));
    }
}
