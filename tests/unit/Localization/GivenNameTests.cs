using Localization;

namespace Tests.Localization;

public class GivenNameTests
{
    [Theory]
    [InlineData("Layla Hassan", "Layla")]
    [InlineData("Dr. Layla Hassan", "Layla")]
    [InlineData("Prof. Dr. Anna Berg", "Anna")]
    [InlineData("د. ليلى حسن", "ليلى")]
    [InlineData("أ.د. منى السيد", "منى")]
    [InlineData("د/ ليلى حسن", "ليلى")]
    [InlineData("الدكتورة ليلى حسن", "ليلى")]
    [InlineData("م. عمر فاروق", "عمر")]
    [InlineData("عبد الله المصري", "عبد الله")]
    [InlineData("عبد الرحمن بن عوف", "عبد الرحمن")]
    [InlineData("د. عبد العزيز الخطيب", "عبد العزيز")]
    [InlineData("أبو بكر الصديق", "أبو بكر")]
    [InlineData("أبو عبد الله محمد", "أبو عبد الله")]
    [InlineData("أم كلثوم إبراهيم", "أم كلثوم")]
    [InlineData("ابن خلدون", "ابن خلدون")]
    [InlineData("آل سعود", "آل سعود")]
    [InlineData("نور الدين زنكي", "نور الدين")]
    [InlineData("هبة الله سامي", "هبة الله")]
    [InlineData("فاطمة الزهراء علي", "فاطمة الزهراء")]
    [InlineData("السيد محمد علي", "السيد محمد")]
    [InlineData("عبدالله المصري", "عبدالله")]
    [InlineData("Abdul Rahman Khan", "Abdul Rahman")]
    [InlineData("Abu Bakr Siddiq", "Abu Bakr")]
    [InlineData("Nour al-Din Zengi", "Nour al-Din")]
    [InlineData("J. R. R. Tolkien", "J. R. R. Tolkien")]
    [InlineData("Mina", "Mina")]
    [InlineData("Dr.", "Dr.")]
    [InlineData("عبد", "عبد")]
    [InlineData("  Layla   Hassan ", "Layla")]
    [InlineData("", "")]
    public void A_name_is_cut_only_where_it_stays_a_name(string name, string given) => Assert.Equal(given, GivenName.Of(name));

    [Theory]
    [InlineData("د. رنا الدمشقي", "رنا الدمشقي")]
    [InlineData("Prof. Dr. Anna Berg", "Anna Berg")]
    [InlineData("عبد الله المصري", "عبد الله المصري")]
    [InlineData("", "")]
    public void Letters_of_a_name_are_not_those_of_its_title(string name, string words) =>
        Assert.Equal(words, string.Join(' ', GivenName.Untitled(name)));
}
