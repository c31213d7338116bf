using System.Text;
using Plugins.BigBlueButton;
using Providers;
using Tests.Support;

namespace Tests.Plugins.BigBlueButton;

public sealed class CallbackTests
{
    private const string Meeting = "0199d2f06a5c7c3e9b7e2f6d8a1b4c5d-3";

    private static readonly Callbacks Ours = new("https://portal.example/", FakeBigBlueButton.Secret, new TestClock(Meetings.Start));

    private static WebhookReply Get(string query) => Ours.Receive(new("GET", query, new Dictionary<string, string>(), default));

    private static WebhookReply Post(string body) =>
        Ours.Receive(new("POST", "", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body)));

    private static string EndQuery(int seconds = 0) => new Uri(Ours.EndUrl(Meeting, Meetings.Start.AddSeconds(seconds))).Query[1..];

    [Fact]
    public async Task The_end_that_the_server_tells_by_the_address_it_was_given_is_believed()
    {
        await using var server = await FakeBigBlueButton.StartAsync();
        var provider = BigBlueButtonBench.Provider(server.Handler);
        await provider.JoinAsync();
        var url = new Uri(Assert.Single(server.Rooms).Value.Made["meta_endCallbackUrl"]);

        var reply = provider.Receive(
            new("GET", url.Query[1..] + "&recordingmarks=false&meetingID=x", new Dictionary<string, string>(), default));

        var sign = Assert.Single(reply.Signs);
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);
        Assert.Equal(("/webhooks/bigbluebutton", 200), (url.AbsolutePath, reply.Status));
        Assert.Equal((MeetingSignKind.Ended, handle.Key, Meetings.Start), (sign.Kind, sign.MeetingKey, sign.At));
    }

    [Fact]
    public void An_end_told_twice_is_one_and_a_room_made_again_ends_again()
    {
        Assert.Equal(Get(EndQuery()).Signs.Single().Id, Get(EndQuery() + "&recordingmarks=true").Signs.Single().Id);
        Assert.NotEqual(Get(EndQuery()).Signs.Single().Id, Get(EndQuery(1)).Signs.Single().Id);
    }

    [Fact]
    public void An_end_that_others_make_up_is_refused()
    {
        var good = EndQuery();
        var of = new Callbacks("https://portal.example/", "another secret", new TestClock(Meetings.Start));
        string[] forged =
        [
            good.Replace("c5d-3", "c5d-4", StringComparison.Ordinal),
            good.Replace("made=1", "made=2", StringComparison.Ordinal),
            good[..^1] + (good[^1] == '0' ? '1' : '0'),
            good[..^1],
            good.Replace("token=", "token=00&token=", StringComparison.Ordinal),
            good.Replace($"meeting={Meeting}", "meeting=x", StringComparison.Ordinal),
            new Uri(of.EndUrl(Meeting, Meetings.Start)).Query[1..],
        ];

        Assert.Equal(200, Get(good).Status);
        Assert.All(forged, query =>
        {
            Assert.Equal(401, Get(query).Status);
            Assert.Empty(Get(query).Signs);
        });
        Assert.All(["", "token=1", "meeting=x&token=1", "%", "&&=&=="], query => Assert.Equal(400, Get(query).Status));
    }

    [NeedsBbbVectorsFact]
    public void The_known_answers_of_others_are_ours()
    {
        var vectors = NeedsBbbVectorsFactAttribute.Vectors;
        foreach (var name in new[] { "create", "joinUnicode", "getMeetingsEmpty" })
            foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
            {
                var vector = vectors[name]!;
                Assert.Equal((string?)vector[algorithm.ToString().ToLowerInvariant()], SignedQuery.Checksum(
                    (string)vector["callName"]!, (string)vector["queryString"]!, (string)vector["secret"]!, algorithm));
            }
    }

    [NeedsBbbVectorsFact]
    public async Task The_answers_that_others_wrote_down_are_understood()
    {
        var answers = NeedsBbbVectorsFactAttribute.Vectors["responses"]!;
        async Task<ServerAnswer> ReadAsync(string name) =>
            await ServerAnswer.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes((string)answers[name]!)), default);

        var created = await ReadAsync("created");
        Assert.Equal((true, "duplicateWarning", "1531155809613"), (created.IsSuccess, created.MessageKey, created["createTime"]));
        var refused = await ReadAsync("checksumError");
        Assert.Equal((false, "checksumError"), (refused.IsSuccess, refused.MessageKey));
        Assert.True((await ReadAsync("ended")).IsSuccess);
    }

    [NeedsBbbVectorsFact]
    public void A_recording_is_believed_where_the_server_signed_it_and_its_mutations_are_not()
    {
        var token = (string)NeedsBbbVectorsFactAttribute.Vectors["recordingReady"]!["signed_parameters"]!;
        var parts = token.Split('.');
        var none = System.Buffers.Text.Base64Url.EncodeToString("""{"typ":"JWT","alg":"none"}"""u8);

        Assert.Equal("abc123", Ours.Claims(token)!["meeting_id"]);
        // Signed, and about a meeting that the portal never made: the server is told to call no more.
        Assert.Equal(410, Post("signed_parameters=" + Uri.EscapeDataString(token)).Status);
        foreach (var forged in new[]
        {
            $"{none}.{parts[1]}.", $"{none}.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}A.{parts[2]}", $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}", token + "x", "..", "", $"{parts[0]}.{parts[0]}.{parts[2]}",
        })
            Assert.Equal(401, Post("signed_parameters=" + Uri.EscapeDataString(forged)).Status);
    }

    [Theory]
    [InlineData(Meeting, 200)]
    [InlineData("abc123", 410)]
    public void A_recording_of_ours_is_taken_note_of(string meeting, int status)
    {
        static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
        var text = Part("""{"alg":"HS256"}""") + "." + Part($$"""{"meeting_id":"{{meeting}}","record_id":"r"}""");
        var sum = System.Security.Cryptography.HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(FakeBigBlueButton.Secret), Encoding.UTF8.GetBytes(text));

        Assert.Equal(status, Post($"signed_parameters={text}.{System.Buffers.Text.Base64Url.EncodeToString(sum)}").Status);
    }

    [Fact]
    public void Garbage_is_refused_and_nothing_is_thrown()
    {
        Assert.Equal(400, Post("").Status);
        Assert.Equal(400, Post("event=x").Status);
        Assert.Equal(400, Post(new string('a', 70_000)).Status);
        Assert.Equal(400, Ours.Receive(new("PUT", EndQuery(), new Dictionary<string, string>(), default)).Status);
        Assert.Equal(401, Post("signed_parameters=%ff%fe.%00.%").Status);
    }
}
