using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Portal.Tickets;

namespace Tests.Joining;

/// <summary>The token of a five-minute pass: exactly what is signed, and nothing but that is read.</summary>
public sealed class JoinPassTests
{
    private const string Header = """{"alg":"HS256","kid":"7","typ":"JWT"}""";

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly JoinPass Pass = new(
        Guid.Parse("0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d"), Guid.Parse("0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5e"),
        Guid.Parse("0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5f"), 258,
        new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero), Guid.Parse("0f0e0d0c-0b0a-0908-0706-050403020100"));

    private static string Claims => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Pass.Write(7, Key).Split('.')[1]));

    private static Task<JoinPass?> ReadAsync(string? text) => JoinPass.ReadAsync(text, id => new(id == 7 ? Key : null));

    /// <summary>Signed here by hand, with no library.</summary>
    private static string Signed(string header, string claims)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Encode(header.Contains("HS512") ? HMACSHA512.HashData(Key, bytes) : HMACSHA256.HashData(Key, bytes))}";
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    [Fact]
    public async Task What_was_written_is_read()
    {
        Assert.Equal(Pass, await ReadAsync(Pass.Write(7, Key)));
        var lowest = Pass with { LinkVersion = short.MinValue, Expires = DateTimeOffset.UnixEpoch };
        Assert.Equal(lowest, await ReadAsync(lowest.Write(7, Key)));
    }

    [Fact]
    public async Task A_pass_is_a_token_that_any_library_would_make()
    {
        var claims = """
            {"aud":"join-once","sessionId":"0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d","userId":"0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5e",
            "participantId":"0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5f","linkVersion":258,"exp":1796115600,"jti":"0f0e0d0c-0b0a-0908-0706-050403020100"}
            """.ReplaceLineEndings("");
        Assert.Equal(Signed(Header, claims), Pass.Write(7, Key));
        Assert.Equal(Pass, await ReadAsync(Signed(Header, claims)));
    }

    public static TheoryData<string, string> NoPasses => new()
    {
        { "no algorithm", """{"alg":"none","kid":"7","typ":"JWT"}""" },
        { "another algorithm", """{"alg":"HS512","kid":"7","typ":"JWT"}""" },
        { "a public key's algorithm", """{"alg":"RS256","kid":"7","typ":"JWT"}""" },
        { "the algorithm in other letters", """{"alg":"hs256","kid":"7","typ":"JWT"}""" },
        { "another type", """{"alg":"HS256","kid":"7","typ":"at+jwt"}""" },
        { "no key", """{"alg":"HS256","typ":"JWT"}""" },
        { "a key that does not exist", """{"alg":"HS256","kid":"8","typ":"JWT"}""" },
        { "a key that is no number", """{"alg":"HS256","kid":"../7","typ":"JWT"}""" },
        { "a key beyond all numbers", """{"alg":"HS256","kid":"263","typ":"JWT"}""" },
        { "no object", "[]" },
        { "nothing", "" },
    };

    [Theory, MemberData(nameof(NoPasses))]
    public async Task A_header_that_is_not_ours_is_refused(string what, string header)
    {
        Assert.NotNull(await ReadAsync(Signed(Header, Claims)));
        Assert.True(await ReadAsync(Signed(header, Claims)) is null, what);
    }

    [Theory]
    [InlineData("join-once", "another")]
    [InlineData("\"aud\":\"join-once\",", "")]
    [InlineData("\"userId\"", "\"user\"")]
    [InlineData("1796115600", "253402300800")]
    [InlineData("1796115600", "-9223372036854775808")]
    [InlineData("1796115600", "\"soon\"")]
    [InlineData("258", "70000")]
    [InlineData("{", "[")]
    public async Task Claims_of_something_else_are_refused_although_the_signature_is_right(string before, string after) =>
        Assert.Null(await ReadAsync(Signed(Header, Claims.Replace(before, after))));

    [Fact]
    public async Task Another_key_and_no_signature_are_refused()
    {
        Assert.Null(await ReadAsync(Pass.Write(7, RandomNumberGenerator.GetBytes(32))));
        Assert.Null(await ReadAsync(Pass.Write(7, Key).Split('.') is [var header, var claims, _] ? $"{header}.{claims}." : ""));
    }

    [Fact]
    public async Task A_ticket_is_no_pass()
    {
        var ticket = new JoinTicket(7, Pass.ParticipantId, 258).Write(Key);
        Assert.Null(await ReadAsync(ticket));
        Assert.False(JoinTicket.TryRead(Pass.Write(7, Key), out _));
    }

    [Fact]
    public async Task Another_character_at_any_place_makes_no_other_pass()
    {
        var text = Pass.Write(7, Key);
        var signatureAt = text.LastIndexOf('.') + 1;
        for (var i = 0; i < text.Length; i++)
            foreach (var c in JoinTicketTests.Alphabet + ".=+/ \t\n%éｇ\0")
            {
                if (c == text[i])
                    continue;
                var read = await ReadAsync(text[..i] + c + text[(i + 1)..]);
                // The last letter of the signature carries bits that mean nothing: the same pass, which is used up all the same.
                Assert.True(read is null || i >= signatureAt && read == Pass, $"place {i}, character {(int)c}");
            }
    }

    [Fact]
    public async Task Nothing_made_up_is_a_pass_or_throws_or_asks_for_a_key_of_no_pass()
    {
        string?[] odd =
        [
            null, "", ".", "..", "...", "....", "a.b.c", "e30.e30.", "e30.e30.e30", "bnVsbA.bnVsbA.bnVsbA", new string('A', 100_000),
                new string('.', 100_000),
            "=.=.=", "\ud800.\ud800.\ud800", "%00.%00.%00",
        ];
        foreach (var text in odd)
            Assert.Null(await JoinPass.ReadAsync(text, _ => throw new InvalidOperationException("A key was asked for.")));

        var seed = Environment.TickCount;
        var random = new Random(seed);
        var pass = Pass.Write(7, Key);
        for (var round = 0; round < 5_000; round++)
        {
            var made = JoinTicketTests.Mutate(pass, random);
            Assert.True(await ReadAsync(made) is not { } read || read == Pass, $"seed {seed}, round {round}: {made}");
        }
    }
}
