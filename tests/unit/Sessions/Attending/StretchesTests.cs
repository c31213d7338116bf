using Portal.Sessions.Attending;

namespace Tests.Sessions.Attending;

public sealed class StretchesTests
{
    private static readonly DateTimeOffset Zero = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "", "nothing")]
    [InlineData("5-5", "", "no length")]
    [InlineData("9-5", "", "backwards")]
    [InlineData("0-10", "0-10", "one")]
    [InlineData("20-30 0-10", "0-10 20-30", "apart, in any order")]
    [InlineData("0-10 10-20", "0-20", "they touch: a page that was loaded anew")]
    [InlineData("0-30 10-20", "0-30", "one inside the other: two tabs")]
    [InlineData("0-20 10-30 25-40 50-60", "0-40 50-60", "they overlap")]
    public void A_union_is_sorted_and_apart(string any, string union, string why) =>
        Assert.True(Write(Stretches.Union(Read(any))) == union, $"{why}: {Write(Stretches.Union(Read(any)))}");

    [Theory]
    [InlineData("0-60", "5-55", "5-55")]
    [InlineData("0-20 30-60", "10-40", "10-20 30-40")]
    [InlineData("0-20", "20-40", "")]
    [InlineData("", "0-40", "")]
    public void What_two_have_in_common(string some, string others, string common)
    {
        Assert.Equal(common, Write(Stretches.Common(Stretches.Union(Read(some)), Stretches.Union(Read(others)))));
        Assert.Equal(common, Write(Stretches.Common(Stretches.Union(Read(others)), Stretches.Union(Read(some)))));
    }

    /// <summary>Against a way to count that has no cleverness: minute by minute.</summary>
    [Fact]
    public void Any_two_agree_with_counting_minutes()
    {
        var random = new Random(20261201);
        for (var round = 0; round < 2000; round++)
        {
            var (some, others) = (Any(random), Any(random));
            bool In(List<Stretch> list, int minute) =>
                list.Any(s => s.From <= Zero.AddMinutes(minute) && Zero.AddMinutes(minute) < s.Until);
            var counted = Enumerable.Range(0, 120).Count(m => In(some, m) && In(others, m));
            Assert.Equal(counted, Stretches.Length(Stretches.Common(Stretches.Union(some), Stretches.Union(others))).TotalMinutes);
            Assert.Equal(Enumerable.Range(0, 120).Count(m => In(some, m)), Stretches.Length(Stretches.Union(some)).TotalMinutes);
        }
    }

    private static List<Stretch> Any(Random random) => [.. Enumerable.Range(0, random.Next(6)).Select(_ =>
        new Stretch(Zero.AddMinutes(random.Next(100)), Zero.AddMinutes(random.Next(120))))];

    private static IEnumerable<Stretch> Read(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s =>
        new Stretch(Zero.AddMinutes(int.Parse(s.Split('-')[0])), Zero.AddMinutes(int.Parse(s.Split('-')[1]))));

    private static string Write(IEnumerable<Stretch> stretches) =>
        string.Join(' ', stretches.Select(s => $"{(s.From - Zero).TotalMinutes}-{(s.Until - Zero).TotalMinutes}"));
}
