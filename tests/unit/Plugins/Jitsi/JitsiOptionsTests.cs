using System.Security.Cryptography;
using Plugins.Jitsi;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

public class JitsiOptionsTests
{
    [Fact]
    public void The_public_server_needs_no_settings()
    {
        Assert.Empty(Problems(new JitsiOptions()));
        Assert.Empty(Problems(SelfHosted()));
        Assert.Empty(Problems(Jaas()));
    }

    public static TheoryData<string, JitsiOptions> Bad => new()
    {
        { "AppSecret", With(SelfHosted(), o => o.AppSecret = new string('x', 31)) },
        { "AppId", With(SelfHosted(), o => o.AppId = "") },
        { "Domain", With(SelfHosted(), o => o.Domain = "") },
        { "Mode must be Public", With(SelfHosted(), o => o.Domain = "meet.jit.si") },
        { "Domain", With(SelfHosted(), o => o.Domain = "meet.example.org/a/b") },
        { "Domain", With(SelfHosted(), o => o.Domain = "user@meet.example.org") },
        { "Domain", With(SelfHosted(), o => o.Domain = "http://meet.example.org") },
        { "Domain", With(SelfHosted(), o => o.Domain = "meet.example.org?x") },
        { "AppId", With(Jaas(), o => o.AppId = "portal") },
        { "KeyId", With(Jaas(), o => o.KeyId = "") },
        { "PrivateKey", With(Jaas(), o => o.PrivateKey = "") },
        { "PrivateKey", With(Jaas(), o => o.PrivateKey = "/nowhere/key.pem") },
        { "PrivateKey", With(Jaas(), o => o.PrivateKey = PublicPem) },
        { "PrivateKey", With(Jaas(), o => o.PrivateKey = "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----") },
        { "PrivateKey", With(Jaas(), o => o.PrivateKey = Small()) },
        { "{version}", With(new JitsiOptions(), o => o.RoomPattern = "room-{sessionId}-{random}") },
        { "{random}", With(new JitsiOptions(), o => o.RoomPattern = "itcom-session-{sessionId}") },
        { "share a room", With(SelfHosted(), o => (o.RoomPattern, o.NamesInRooms) = ("{mentor}", true)) },
        { "addresses, which others see", With(SelfHosted(), o => o.RoomPattern = "{mentor}-{session}") },
        { "addresses, which others see", With(SelfHosted(), o => o.RoomPattern = "{mentee}-{random}") },
        { "somebody else’s server", With(new JitsiOptions(), o => (o.RoomPattern, o.NamesInRooms) = ("{mentor}-{version}-{random}", true)) },
        { "NextKeyId", With(Jaas(), o => (o.NextPrivateKey, o.NextKeyId) = (PrivatePem, "")) },
        { "NextKeyId", With(Jaas(), o => (o.NextPrivateKey, o.NextKeyId) = (PrivatePem, o.KeyId)) },
        { "NextPrivateKey", With(Jaas(), o => (o.NextPrivateKey, o.NextKeyId) = ("nonsense", "n")) },
        { "NextPrivateKey", With(Jaas(), o => (o.UseNextKey, o.NextKeyId) = (true, "n")) },
        { "no button “rm”", With(SelfHosted(), o => o.Toolbar = ["microphone", "camera", "hangup", "rm"]) },
        { "PhoneToolbar must contain", With(SelfHosted(), o => o.PhoneToolbar = ["microphone", "camera"]) },
        { "no button twice", With(SelfHosted(), o => o.Toolbar = ["microphone", "camera", "hangup", "hangup"]) },
        { "LogoUrl", With(SelfHosted(), o => o.LogoUrl = "http://portal.example/logo.svg") },
        { "DialInNumbersUrl", With(SelfHosted(), o => o.DialInNumbersUrl = "https://user:pass@meet.example.org/n") },
        { "DialInPinUrl", With(SelfHosted(), o => o.DialInPinUrl = "https://meet.example.org/pin") },
        { "AutoRecording needs", With(SelfHosted(), o => o.AutoRecording = JitsiChoice.Mentor) },
        { "AutoTranscription needs", With(SelfHosted(), o => o.AutoTranscription = JitsiChoice.On) },
        { "E2ee", With(SelfHosted(), o => o.E2ee = o.Recording = JitsiChoice.On) },
        { "MaxParticipants must be 0", With(SelfHosted(), o => o.MaxParticipants = 1) },
        { "RoomPattern", With(SelfHosted(), o => o.RoomPattern = "static") },
        { "RoomPattern", With(SelfHosted(), o => o.RoomPattern = "room {session}") },
        { "RoomPattern", With(SelfHosted(), o => o.RoomPattern = "{session}/{random}") },
        { "RoomPattern", With(SelfHosted(), o => o.RoomPattern = "{secret}-{random}") },
        { "RoomPattern", With(SelfHosted(), o => o.RoomPattern = "{random}" + new string('a', 110)) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_wrong_is_said_and_no_secret_with_it(string says, JitsiOptions options)
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
            {
                var problem = Assert.Single(Problems(options));
                Assert.NotEmpty(problem);
                if (language == "en")
                    Assert.Contains(says, problem);
                Assert.DoesNotContain("xxxx", problem);
                Assert.DoesNotContain("nonsense", problem);
            }
    }

    [Fact]
    public void A_token_server_may_have_a_pattern_that_can_be_guessed() =>
        Assert.Empty(Problems(With(SelfHosted(), o => o.RoomPattern = "itcom-session-{sessionId}")));

    [Fact]
    public void The_private_key_may_be_a_file_or_one_line()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, PrivatePem);

        Assert.Empty(Problems(With(Jaas(), o => o.PrivateKey = file)));
        Assert.Empty(Problems(With(Jaas(), o => o.PrivateKey = PrivatePem.Replace("\n", "\\n"))));
        File.Delete(file);
    }

    private static string Small() => RSA.Create(1024).ExportPkcs8PrivateKeyPem();

    private static JitsiOptions With(JitsiOptions options, Action<JitsiOptions> change)
    {
        change(options);
        return options;
    }
}
