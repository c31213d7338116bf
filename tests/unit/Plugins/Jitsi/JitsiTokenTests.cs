using System.Text;
using System.Text.Json;
using Plugins.Jitsi;
using Providers;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

public class JitsiTokenTests
{
    // As jitsi-meet names them; written here a second time on purpose.
    private const string EveryFeature =
        "branding calendar create-polls file-upload flip inbound-call list-visitors live-translation live-translation-subscribe livestreaming lobby moderation "
        + "name-readonly outbound-call recording room screen-sharing send-groupchat send-private-message sip-inbound-call sip-outbound-call transcription";

    [Fact]
    public void A_self_hosted_servers_token_says_who_may_enter_what_and_when()
    {
        var token = Token(SelfHosted(), now: Meetings.Start);
        var claims = Part(token, 1);

        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Part(token, 0).GetRawText());
        Assert.Equal("jitsi", claims.GetProperty("aud").GetString());
        Assert.Equal("portal", claims.GetProperty("iss").GetString());
        Assert.Equal("*", claims.GetProperty("sub").GetString());
        Assert.Equal("quiet-river", claims.GetProperty("room").GetString());
        Assert.Equal(Meetings.Start.AddSeconds(-60).ToUnixTimeSeconds(), claims.GetProperty("nbf").GetInt64());
        Assert.Equal(Meetings.Start.AddMinutes(75).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
        Assert.Equal(Meetings.SessionId.ToString(), claims.GetProperty("context").GetProperty("group").GetString());
        Assert.Equal("Maha Nassar", claims.GetProperty("context").GetProperty("user").GetProperty("name").GetString());
        Assert.Equal("maha@example.org", claims.GetProperty("context").GetProperty("user").GetProperty("email").GetString());
    }

    [Fact]
    public void A_tokens_claims_stand_in_their_order_and_nothing_is_added()
    {
        var claims = Part(Token(SelfHosted()), 1);

        Assert.Equal("aud iss sub room nbf exp moderator context", Names(claims));
        Assert.Equal("user group features", Names(claims.GetProperty("context")));
        Assert.Equal("id name email moderator", Names(claims.GetProperty("context").GetProperty("user")));

        static string Names(JsonElement part) => string.Join(' ', part.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Many_tokens_at_once_are_signed_with_one_key()
    {
        var (options, request) = (Jaas(), Meetings.Join(new MeetingHandle("quiet-river")));
        var token = new JitsiToken(options);
        var written = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => token.Write("quiet-river", request, Meetings.Start)).Distinct();

        // RS256 signs the same claims to the same bytes.
        Assert.Equal(new JitsiToken(options).Write("quiet-river", request, Meetings.Start), Assert.Single(written));
    }

    [Fact]
    public void A_JaaS_token_is_made_out_to_the_application()
    {
        var options = Jaas();
        options.Audience = "of-the-server-before";
        var token = Token(options);

        Assert.All(Provider(options).CheckToken(token, null).Findings, f => Assert.True(f.Good, f.Text));
        Assert.Equal($$"""{"alg":"RS256","kid":"{{JaasApp}}/a1b2c3","typ":"JWT"}""", Part(token, 0).GetRawText());
        Assert.Equal("jitsi", Part(token, 1).GetProperty("aud").GetString());
        Assert.Equal("chat", Part(token, 1).GetProperty("iss").GetString());
        Assert.Equal(JaasApp, Part(token, 1).GetProperty("sub").GetString());
        Assert.Equal("quiet-river", Part(token, 1).GetProperty("room").GetString());
    }

    [Fact]
    public void The_key_id_may_carry_the_application_already()
    {
        var options = Jaas();
        options.KeyId = $"{JaasApp}/a1b2c3";

        Assert.Equal($"{JaasApp}/a1b2c3", Part(Token(options), 0).GetProperty("kid").GetString());
    }

    [Theory]
    [InlineData(ParticipantRole.Mentor, true)]
    [InlineData(ParticipantRole.Mentee, false)]
    [InlineData(ParticipantRole.Observer, false)]
    [InlineData(ParticipantRole.Guest, false)]
    public void Only_the_mentor_moderates(ParticipantRole role, bool moderates)
    {
        var options = SelfHosted();
        options.Recording = JitsiChoice.On;
        var claims = Part(Token(options, role), 1);

        Assert.Equal(moderates, claims.GetProperty("moderator").GetBoolean());
        Assert.Equal(moderates ? "true" : "false", claims.GetProperty("context").GetProperty("user").GetProperty("moderator").GetString());
        Assert.Equal(moderates, claims.GetProperty("context").GetProperty("features").GetProperty("recording").GetBoolean());
        Assert.Equal(moderates, claims.GetProperty("context").GetProperty("features").GetProperty("moderation").GetBoolean());
    }

    [Theory]
    [InlineData(ParticipantRole.Mentor)]
    [InlineData(ParticipantRole.Mentee)]
    [InlineData(ParticipantRole.Observer)]
    [InlineData(ParticipantRole.Guest)]
    public void Every_feature_is_written_out_for_everyone(ParticipantRole role)
    {
        var features = Part(Token(SelfHosted(), role), 1).GetProperty("context").GetProperty("features").EnumerateObject().ToList();

        Assert.Equal(EveryFeature.Split(' '), features.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(features, f => Assert.True(f.Value.ValueKind is JsonValueKind.True or JsonValueKind.False));
    }

    [Fact]
    public void What_people_may_use_differs_by_their_role()
    {
        var sets = new[] { ParticipantRole.Mentor, ParticipantRole.Mentee, ParticipantRole.Observer }
            .Select(r => Part(Token(SelfHosted(), r), 1).GetProperty("context").GetProperty("features").GetRawText());

        Assert.Equal(3, sets.Distinct().Count());
    }

    [Theory]
    [InlineData(0, 75)] // until the portal closes the session, which is the same here as half an hour after its end
    [InlineData(60, 120)] // at the end: an hour at least
    [InlineData(-15, 75)]
    public void A_token_outlives_the_session_and_is_never_short(int minutesAfterStart, int expiresAfterStart)
    {
        var claims = Part(Token(SelfHosted(), now: Meetings.Start.AddMinutes(minutesAfterStart)), 1);

        Assert.Equal(Meetings.Start.AddMinutes(expiresAfterStart).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
    }

    [Fact]
    public void A_token_does_not_end_before_the_portal_closes_the_session()
    {
        var request = Meetings.Join(new MeetingHandle("quiet-river"));
        request = request with { Meeting = request.Meeting with { ClosesAt = Meetings.Start.AddHours(5) } };

        var claims = Part(new JitsiToken(SelfHosted()).Write("quiet-river", request, Meetings.Start), 1);

        Assert.Equal(Meetings.Start.AddHours(5).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
    }

    [Fact]
    public void What_is_not_known_is_left_out_never_null()
    {
        var token = new JitsiToken(SelfHosted()).Write("quiet-river", Meetings.Join(new MeetingHandle("quiet-river")), Meetings.Start);

        Assert.DoesNotContain("null", Part(token, 1).GetRawText());
        Assert.False(Part(token, 1).GetProperty("context").GetProperty("user").TryGetProperty("email", out _));
    }

    public static TheoryData<string> HostileNames =>
    [
        new string('ض', 100),
        new string('"', 100),
        new string('\\', 5000),
        new string('\u0001', 300) + "Maha",
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 100)),
        "M" + new string('\u0300', 5000),
        new string('\uD83D', 100),
        new string('a', 100_000),
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void A_token_stays_short_and_whole_whatever_people_are_called(string name)
    {
        var request = Meetings.Join(new MeetingHandle("quiet-river"), name: name, email: new string('e', 240) + "@example.org");
        request = request with
        {
            Participant =
            request.Participant with { Avatar = new Uri("https://portal.example/" + new string('a', 470)) }
        };
        var options = Jaas();
        options.ExtraContext = $$"""{"note":"{{new string('ن', 290)}}"}""";
        Assert.Empty(Problems(options));

        var token = new JitsiToken(options).Write(new string('r', 200), request, Meetings.Start);
        var shown = Part(token, 1).GetProperty("context").GetProperty("user").GetProperty("name").GetString()!;

        Assert.True(token.Length <= 4000, $"{token.Length} characters");
        Assert.True(Encoding.UTF8.GetByteCount(shown) <= 240);
        Assert.DoesNotContain(shown, char.IsControl);
        Assert.False(shown is [.., var last] && char.IsHighSurrogate(last));
    }

    [Fact]
    public void An_Arabic_name_of_a_hundred_letters_is_kept_whole()
    {
        var token = new JitsiToken(SelfHosted())
            .Write("r", Meetings.Join(new MeetingHandle("r"), name: new string('ض', 100)), Meetings.Start);

        Assert.Equal(new string('ض', 100), Part(token, 1).GetProperty("context").GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public void Context_of_the_operators_own_is_added()
    {
        var options = SelfHosted();
        options.ExtraContext = """{ "school": { "id": 7 } }""";

        Assert.Empty(Problems(options));
        Assert.Equal(7, Part(Token(options), 1).GetProperty("context").GetProperty("school").GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":[{"b":null}]}""")]
    [InlineData("""{"user":{"moderator":"true"}}""")]
    [InlineData("""{"features":{}}""")]
    public void Context_that_would_do_harm_is_refused(string json)
    {
        var options = SelfHosted();
        options.ExtraContext = json;

        Assert.Contains("ExtraContext", Assert.Single(Problems(options)));
    }

    [Theory]
    [InlineData(MeetingKind.OneToOne, 31)]
    [InlineData(MeetingKind.Group, 62)]
    [InlineData(MeetingKind.Instant, 93)]
    public void A_token_lives_as_long_as_its_kind_of_meeting_needs(MeetingKind kind, int minutesAfterEnd)
    {
        var options = SelfHosted();
        (options.TokenMinutesAfterEnd, options.GroupTokenMinutesAfterEnd, options.InstantTokenMinutesAfterEnd) = (31, 62, 93);
        var request = Meetings.Join(new MeetingHandle("quiet-river"));
        request = request with { Meeting = request.Meeting with { Kind = kind, ClosesAt = Meetings.Start } };

        var claims = Part(new JitsiToken(options).Write("quiet-river", request, Meetings.Start), 1);

        Assert.Equal(Meetings.Start.AddMinutes(45 + minutesAfterEnd).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
    }

    [Theory]
    [InlineData(ParticipantRole.Mentee, JitsiChoice.Off, true, true)]
    [InlineData(ParticipantRole.Mentee, JitsiChoice.On, false, true)]
    [InlineData(ParticipantRole.Observer, JitsiChoice.Off, false, false)]
    public void Flat_claims_stand_beside_the_context(ParticipantRole role, JitsiChoice startMuted, bool audio, bool video)
    {
        var options = SelfHosted();
        (options.FlatClaims, options.StartAudioMuted) = (true, startMuted);
        var claims = Part(Token(options, role), 1);

        Assert.Equal("Maha Nassar", claims.GetProperty("name").GetString());
        Assert.Equal("maha@example.org", claims.GetProperty("email").GetString());
        Assert.Equal((audio, video), (claims.GetProperty("audio").GetBoolean(), claims.GetProperty("video").GetBoolean()));
    }

    [Fact]
    public void Of_two_keys_the_one_signs_that_the_settings_name()
    {
        var options = Jaas();
        (options.NextKeyId, options.NextPrivateKey) = ("next", NextPem);
        Assert.Empty(Problems(options));
        Assert.EndsWith("/a1b2c3", Part(Token(options), 0).GetProperty("kid").GetString());
        Assert.True(Provider(options).CheckToken(Token(options), null).Findings.Single(f => f.Text.Contains("signature is the portal’s")).Good);
        var old = Token(options);

        options.UseNextKey = true;
        Assert.Empty(Problems(options));
        Assert.Equal($"{JaasApp}/next", Part(Token(options), 0).GetProperty("kid").GetString());
        foreach (var token in new[] { old, Token(options) })
            Assert.True(Provider(options).CheckToken(token, null).Findings.Single(f => f.Text.Contains("signature is the portal’s")).Good);
    }
}
