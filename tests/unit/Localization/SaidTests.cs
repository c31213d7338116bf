using System.Collections;
using System.Globalization;
using Localization;
using Tests.Support;

namespace Tests.Localization;

public class SaidTests
{
    [Fact]
    public void Every_sentence_is_found_again_and_read_in_Arabic()
    {
        using var _ = new Language("ar");
        foreach (DictionaryEntry entry in SaidText.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, true, false)!)
        {
            var key = (string)entry.Key;
            Assert.Equal(
                SaidText.ResourceManager.GetString(key, CultureInfo.GetCultureInfo("ar"))!.With("one".Isolated(), "two".Isolated()),
                Said.In(Said.Of(key, "one", "two")));
        }
    }

    [Fact]
    public void A_sentence_inside_another_is_read_as_well()
    {
        using var _ = new Language("ar");
        var kept = Said.Of(nameof(SaidText.CannotCompose), Said.Of(nameof(SaidText.AccountGone)));
        Assert.Equal("The mail cannot be made. The account no longer exists.", kept);
        Assert.Equal("تعذّر إعداد الرسالة. لم يعد الحساب موجودًا.", Said.In(kept));
    }

    [Theory]
    [InlineData("mailbox full")]
    [InlineData("")]
    [InlineData(null)]
    public void A_servers_words_are_left_alone(string? words) => Assert.Null(Said.In(words));
}
