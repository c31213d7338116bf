using Localization;

namespace Tests.Localization;

public class PluralTests
{
    [Theory]
    [InlineData(0, "zero")]
    [InlineData(1, "one")]
    [InlineData(2, "two")]
    [InlineData(3, "few")]
    [InlineData(10, "few")]
    [InlineData(11, "many")]
    [InlineData(99, "many")]
    [InlineData(100, "other")]
    [InlineData(101, "other")]
    [InlineData(102, "other")]
    [InlineData(103, "few")]
    [InlineData(110, "few")]
    [InlineData(111, "many")]
    [InlineData(200, "other")]
    [InlineData(1003, "few")]
    public void Arabic_has_six_forms(long count, string form) => Assert.Equal(form, Plural.Form(count, "ar"));

    [Theory]
    [InlineData(0, "other")]
    [InlineData(1, "one")]
    [InlineData(2, "other")]
    [InlineData(11, "other")]
    public void English_has_two(long count, string form) => Assert.Equal(form, Plural.Form(count, "en"));
}
