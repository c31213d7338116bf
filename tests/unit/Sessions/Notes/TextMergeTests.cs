using Portal.Sessions.Notes;

namespace Tests.Sessions.Notes;

public sealed class TextMergeTests
{
    [Theory]
    // Nobody else wrote; nobody wrote here; both wrote the same.
    [InlineData("a", "a", "a b", "a b")]
    [InlineData("a", "a b", "a", "a b")]
    [InlineData("", "hello", "hello", "hello")]
    // The first words of an empty page.
    [InlineData("", "hello", "world", "hello world")]
    [InlineData("", "hello\n", "world", "hello\nworld")]
    // Different places.
    [InlineData("1\n2\n3", "1\n2b\n3", "1\n2\n3\n4", "1\n2b\n3\n4")]
    [InlineData("hel", "hello", "hel there", "hello there")]
    [InlineData("x y z", "x q y z", "x z", "x q z")]
    [InlineData("one two three", "two three", "one two", "two")]
    // The same words: both are kept, the one that was first, first.
    [InlineData("meet Monday", "meet Tuesday", "meet Wednesday", "meet Tuesday Wednesday")]
    [InlineData("نلتقي الأحد", "نلتقي الاثنين", "نلتقي الثلاثاء", "نلتقي الاثنين الثلاثاء")]
    // Half of it had arrived, and the answer had not.
    [InlineData("", "hello", "hello world", "hello world")]
    [InlineData("", "hello world", "hello", "hello world")]
    // One deletes what the other goes on with: what was written stays.
    [InlineData("buy milk", "", "buy milk today", " today")]
    [InlineData("buy milk", "", "buy oat milk", "buy oat milk")]
    public void Two_texts_become_one(string before, string theirs, string mine, string merged) =>
        Assert.Equal(merged, TextMerge.Merge(before, theirs, mine));

    /// <summary>Whatever two people do at once, no word of theirs is lost, and what only one of them deleted is gone.</summary>
    [Fact]
    public void Nothing_that_somebody_typed_is_lost()
    {
        var random = new Random(20261201);
        for (var round = 0; round < 5000; round++)
        {
            var before = string.Concat(Enumerable.Range(0, random.Next(9)).Select(i => $"w{i}{(random.Next(4) == 0 ? "\n" : " ")}"));
            var (theirs, mine) = (Edit(before, "t", random), Edit(before, "m", random));
            var merged = TextMerge.Merge(before, theirs, mine);
            var words = merged.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            Assert.All((theirs + " " + mine).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(w => w[0] != 'w'),
                w => Assert.True(words.Count(x => x == w) == 1, $"{w}: '{before}' '{theirs}' '{mine}' -> '{merged}'"));
            Assert.DoesNotContain(words, w => w[0] == 'w' && !Has(theirs, w) && !Has(mine, w));
        }
    }

    private static bool Has(string text, string word) => text.Split([' ', '\n']).Contains(word);

    private static string Edit(string text, string who, Random random)
    {
        var words = text.Split(' ').ToList();
        for (var i = random.Next(4); i > 0; i--)
            if (random.Next(3) == 0 && words.Count > 1)
                words.RemoveAt(random.Next(words.Count - 1));
            else
                words.Insert(random.Next(words.Count), $"{who}{random.Next(100_000)}");
        return string.Join(' ', words);
    }
}
