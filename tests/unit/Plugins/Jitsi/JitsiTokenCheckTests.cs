using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Plugins.Jitsi;
using Providers;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

/// <summary>An administrator makes a token, and has one looked at.</summary>
public sealed class JitsiTokenCheckTests
{
    [Fact]
    public void A_token_that_was_made_is_found_good_and_its_address_opens_the_room()
    {
        foreach (var options in new[] { SelfHosted(), Jaas(), Everything(SelfHosted()), Everything(Jaas()) })
        {
            var made = Mint(options);

            var report = Provider(options).CheckToken(made.Token, "quiet-river");

            Assert.True(report.Good, string.Join('\n', report.Findings.Where(f => !f.Good).Select(f => f.Text)));
            Assert.Equal(made.Contents, report.Contents);
            Assert.Equal(Meetings.Start.AddMinutes(90), made.Expires);
            Assert.Contains($"/quiet-river?lang=en&jwt={made.Token}#config.", made.Url.AbsoluteUri);
            Assert.Contains(Provider(options).Descriptor.JoinHosts, h => h == made.Url.Host);
            Assert.Contains("\"moderator\": \"true\"", made.Contents.Claims);
            Assert.DoesNotContain(Secret, made.Contents.Claims + made.Contents.Header);
        }
    }

    /// <summary>What is changed in the claims, and what is said of it.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "\"iss\":\"portal\"", "\"iss\":\"Portal\"", "issuer (iss) must be portal" },
        { "\"aud\":\"jitsi\"", "\"aud\":[\"jitsi\"]", "audience (aud) must be jitsi" },
        { "\"sub\":\"*\"", "\"sub\":\"meet.example.org\"", "subject (sub) must be *" },
        { "\"sub\":\"*\",", "", "subject (sub) must be *" },
        { "\"room\":\"quiet-river\"", "\"room\":\"other-river\"", "doesn’t open the room quiet-river" },
        { "\"room\":\"quiet-river\"", "\"room\":\"*\"", "opens every room" },
        { "\"room\":\"quiet-river\"", "\"room\":null", "Something in it is null" },
        { "\"exp\":", "\"expires\":", "never expires" },
        { "\"nbf\":", "\"nbf\":\"1764579540\",\"was\":", "(nbf) isn’t a number" },
        { "\"moderator\":\"true\"", "\"moderator\":\"yes\"", "must be true or false" },
        { "\"moderator\":\"true\"", "\"moderator\":1", "must be true or false" },
        { "\"name-readonly\":true", "\"name-readonly\":\"true\"", "missing and thus denied: name-readonly" },
        { "\"recording\":", "\"recordings\":", "missing and thus denied: recording" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_a_server_would_not_accept_is_named(string before, string after, string says)
    {
        var made = Mint(SelfHosted()).Token;
        var claims = Part(made, 1).GetRawText();
        Assert.Contains(before, claims);

        var report = Provider(SelfHosted()).CheckToken(Sign(claims.Replace(before, after)), "quiet-river");

        Assert.False(report.Good);
        Assert.Contains(report.Findings, f => !f.Good && f.Text.Contains(says));
        Assert.Contains(report.Findings, f => f.Good && f.Text.Contains("signature is the portal’s"));
    }

    [Theory]
    [InlineData("\"moderator\":\"true\"", "\"moderator\":true")]
    [InlineData("\"moderator\":\"true\"", "\"moderator\":\"false\"")]
    [InlineData("\"recording\":false", "\"recording\":\"false\"")]
    [InlineData("\"nbf\":", "\"was\":")]
    public void What_servers_take_as_well_is_good(string before, string after)
    {
        var claims = Part(Mint(SelfHosted()).Token, 1).GetRawText();
        Assert.Contains(before, claims);

        Assert.All(Provider(SelfHosted()).CheckToken(Sign(claims.Replace(before, after)), "quiet-river").Findings,
            f => Assert.True(f.Good, f.Text));
    }

    [Theory]
    [InlineData("""{"alg":"HS256","typ":"jwt"}""", "typ with exactly JWT")]
    [InlineData("""{"alg":"HS256"}""", "typ with exactly JWT")]
    [InlineData("""{"alg":"none","typ":"JWT"}""", "must be signed with HS256")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""", "must be signed with HS256")]
    public void What_is_wrong_in_its_header_is_named(string header, string says) => Assert.Contains(
        Provider(SelfHosted()).CheckToken(Sign(Part(Mint(SelfHosted()).Token, 1).GetRawText(), header), null).Findings,
        f => !f.Good && f.Text.Contains(says));

    [Theory]
    [InlineData(-2, "isn’t valid before 2026-12-01 08:59:00 UTC")]
    [InlineData(91, "expired: 2026-12-01 10:30:00 UTC")]
    public void Clocks_have_no_leeway(int minutes, string says)
    {
        var made = Mint(SelfHosted()).Token;
        var later = Provider(SelfHosted(), clock: new TestClock(Meetings.Start.AddMinutes(minutes)));

        Assert.Contains(says, Assert.Single(later.CheckToken(made, "quiet-river").Findings, f => !f.Good).Text);
    }

    [Fact]
    public void Another_secret_or_a_changed_claim_is_no_signature_of_ours()
    {
        var made = Mint(SelfHosted()).Token;
        var other = SelfHosted();
        other.AppSecret = new string('s', 40);
        foreach (var (provider, token) in new[]
        {
            (Provider(other), made), (Provider(SelfHosted()), made[..^4] + "AAAA"), (Provider(SelfHosted()), Mint(Jaas()).Token),
        })
            Assert.Contains(provider.CheckToken(token, null).Findings, f => !f.Good && f.Text.Contains("signature isn’t the portal’s"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("..")]
    [InlineData("e30.W10.x")]
    [InlineData("<script>")]
    public void What_is_no_token_is_said_to_be_none(string token)
    {
        var report = Provider(SelfHosted()).CheckToken(token, null);
        Assert.Null(report.Contents);
        Assert.Contains("isn’t a token", Assert.Single(report.Findings).Text);
    }

    [Theory]
    [InlineData("""{"alg":"\ud800","typ":"JWT"}""", "{}")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", """{"room":"\ud800"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", """{"\ud800":1}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", """{"context":{"features":["\udc00"]}}""")]
    public void Half_a_character_makes_it_no_token(string header, string claims) =>
        Assert.Contains("isn’t a token", Assert.Single(Provider(SelfHosted()).CheckToken(Sign(claims, header), null).Findings).Text);

    [Fact]
    public void Where_there_are_no_tokens_none_is_made()
    {
        Assert.True(Provider(SelfHosted()).HasTokens && Provider(Jaas()).HasTokens);
        Assert.False(Provider(new JitsiOptions()).HasTokens);
        Assert.False(Provider(new JitsiOptions { Mode = JitsiMode.SelfHosted, PublicWhileSettingUp = true }).HasTokens);
        Assert.Equal(ProviderFailure.NotConfigured, Assert.Throws<ProviderException>(() => Mint(new JitsiOptions())).Failure);
        Assert.Throws<ProviderException>(() => Provider(new JitsiOptions()).CheckToken("a.b.c", null));
        Assert.Equal(ProviderFailure.Rejected, Assert.Throws<ProviderException>(() => Mint(SelfHosted(), "../evil?x")).Failure);
    }

    private static MintedToken Mint(JitsiOptions options, string room = "Quiet-River") => Provider(options).MintToken(
        new TokenRequest(room, "Maha", ParticipantRole.Mentor, TimeSpan.FromMinutes(60), MeetingKind.OneToOne) { Email = "maha@example.org" });

    private static string Sign(string claims, string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(text)))}";
    }
}
