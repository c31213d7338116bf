using Localization;
using Tests.Support;

namespace Tests.Localization;

public class NamesTests
{
    private static readonly string[] People = ["ليلى", "Omar", "منى", "Sara", "نور", "Ali", "هبة"];

    [Theory]
    [InlineData("en", 0, "")]
    [InlineData("en", 1, "ليلى")]
    [InlineData("en", 2, "ليلى and Omar")]
    [InlineData("en", 3, "ليلى, Omar and منى")]
    [InlineData("en", 4, "ليلى, Omar and 2 others")]
    [InlineData("en", 7, "ليلى, Omar and 5 others")]
    [InlineData("ar", 2, "ليلى وOmar")]
    [InlineData("ar", 3, "ليلى وOmar ومنى")]
    [InlineData("ar", 4, "ليلى وOmar وشخصين آخرين")]
    [InlineData("ar", 7, "ليلى وOmar و5 أشخاص آخرين")]
    public void Several_people_are_told_in_the_readers_language(string language, int count, string words)
    {
        using var _ = new Language(language);
        Assert.Equal(words, Names.Line(People[..count]));
    }

    [Fact]
    public void Inside_a_sentence_each_name_stands_for_itself()
    {
        using var _ = new Language("en");
        Assert.Equal("\u2068ليلى\u2069 and \u2068Omar\u2069", Names.Several(People[..2]));
    }

    [Theory]
    [InlineData("en", "Former member")]
    [InlineData("ar", "عضو سابق")]
    public void Who_has_left_is_named_in_the_language_of_the_reader(string language, string words)
    {
        using var _ = new Language(language);
        Assert.Equal(words, Names.Line([""]));
    }
}
