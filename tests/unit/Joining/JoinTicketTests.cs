using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Portal.Tickets;

namespace Tests.Joining;

/// <summary>The bytes of a mailed link: one spelling for each ticket, and nothing that we did not sign.</summary>
public sealed class JoinTicketTests
{
    internal const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly JoinTicket Ticket = new(7, Guid.Parse("0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d"), 258);

    private static bool IsOurs(string? text) => JoinTicket.TryRead(text, out var read) && SignedText.IsSame(read.Write(Key), text!);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(255, short.MaxValue)]
    [InlineData(1, short.MinValue)]
    [InlineData(42, 0)]
    public void What_was_written_is_read(byte keyId, short version)
    {
        var ticket = new JoinTicket(keyId, Guid.NewGuid(), version);
        Assert.True(JoinTicket.TryRead(ticket.Write(Key), out var read));
        Assert.Equal(ticket, read);
        Assert.True(IsOurs(ticket.Write(Key)));
    }

    [Fact]
    public void The_bytes_are_those_of_the_specification()
    {
        // Computed here by hand, for tickets are in people's mailboxes: the format can never change unnoticed.
        byte[] body = [7, .. Convert.FromHexString("0199d2f06a5c7c3e9b7e2f6d8a1b4c5d"), 1, 2];
        var mac = HMACSHA256.HashData(Key, (byte[])[.. Encoding.ASCII.GetBytes("join"), 0, .. body])[..16];
        Assert.Equal($"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(mac)}", Ticket.Write(Key));
        Assert.Matches("^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$", Ticket.Write(Key));
    }

    [Fact]
    public void Another_purpose_or_another_key_is_not_ours()
    {
        // A signature over the same bytes for another purpose.
        var body = new byte[19];
        Assert.NotEqual(SignedText.Write("join", body, Key), SignedText.Write("other", body, Key));
        Assert.False(IsOurs(Ticket.Write(RandomNumberGenerator.GetBytes(32))));
    }

    [Fact]
    public void Every_other_character_at_every_place_is_refused()
    {
        var text = Ticket.Write(Key);
        Assert.True(IsOurs(text));
        for (var i = 0; i < text.Length; i++)
            foreach (var c in Alphabet + ".=+/ \t\n%éｇ\0")
                if (c != text[i])
                    Assert.False(IsOurs(text[..i] + c + text[(i + 1)..]), $"place {i}, character {(int)c}");
    }

    [Fact]
    public void Every_other_spelling_is_refused()
    {
        var text = Ticket.Write(Key);
        var (body, mac) = (text.Split('.')[0], text.Split('.')[1]);
        string?[] spellings =
        [
            null, "", ".", "..", text + ".", "." + text, text + "=", text + "==", body + "=." + mac, text + " ", " " + text, text + "\n",
                text + "\r\n",
            text.ToUpperInvariant(), text.ToLowerInvariant(), text.Replace('-', '+').Replace('_', '/') + "=", body, body + ".", "." + mac,
            mac + "." + body, body + "." + body, text + text, text[..^1], text[1..], text + "A", Uri.EscapeDataString(text) + "%00",
            body + ".." + mac, body + "\u3002" + mac, string.Concat(Enumerable.Repeat(text, 1000)), new string('A', 100_000),
                new string('.', 100_000),
        ];
        Assert.All(spellings, s => Assert.False(IsOurs(s), s is { Length: > 100 } ? s[..100] : s));
    }

    [Fact]
    public void Nothing_made_up_is_ours_and_nothing_throws()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var text = Ticket.Write(Key);
        for (var round = 0; round < 20_000; round++)
        {
            var made = Mutate(text, random);
            Assert.False(made != text && IsOurs(made), $"seed {seed}, round {round}: {made}");
        }
    }

    internal static string Mutate(string text, Random random)
    {
        if (random.Next(4) == 0)
            return new string([.. Enumerable.Range(0, random.Next(80))
            .Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000))]);
        var chars = text.ToList();
        for (var n = random.Next(1, 4); n > 0 && chars.Count > 0; n--)
        {
            var at = random.Next(chars.Count);
            switch (random.Next(3))
            {
                case 0: chars[at] = Alphabet[random.Next(64)]; break;
                case 1: chars.RemoveAt(at); break;
                default: chars.Insert(at, Alphabet[random.Next(64)]); break;
            }
        }
        return new string([.. chars]);
    }
}
