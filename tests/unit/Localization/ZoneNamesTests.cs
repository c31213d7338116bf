using System.Collections;
using System.Globalization;
using System.Resources;
using Localization;
using NodaTime.TimeZones;

namespace Tests.Localization;

public class ZoneNamesTests
{
    private static readonly DateTimeOffset Winter = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Africa/Cairo", "en", "Cairo time")]
    [InlineData("Africa/Cairo", "ar", "توقيت القاهرة")]
    [InlineData("Egypt", "ar", "توقيت القاهرة")]
    [InlineData("Asia/Calcutta", "en", "Kolkata time")]
    [InlineData("Asia/Kuwait", "ar", "توقيت الكويت")]
    [InlineData("America/New_York", "en", "New York time")]
    [InlineData("Etc/UTC", "en", "Coordinated Universal Time (UTC)")]
    [InlineData("GMT", "ar", "التوقيت العالمي المنسق (UTC)")]
    [InlineData("Etc/GMT-3", "en", "\u2066UTC+03:00\u2069")]
    [InlineData("Mars/Olympus_Mons", "en", "Olympus Mons time")]
    public void A_zone_is_told_in_words(string id, string language, string words) => Assert.Equal(words, ZoneNames.In(id, language));

    [Fact]
    public void Every_zone_of_the_database_has_a_name_in_both_languages()
    {
        var cities = new ResourceManager("Localization.Zones", typeof(ZoneNames).Assembly);
        foreach (var language in Languages.All)
        {
            var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
            var named = cities.GetResourceSet(culture, true, false)!.Cast<DictionaryEntry>().Select(e => (string)e.Key).ToHashSet();
            var missing = TzdbDateTimeZoneSource.Default.GetIds()
                .Where(id => !ZoneNames.Canonical(id).StartsWith("Etc/", StringComparison.Ordinal))
                .Where(id => !named.Contains(id) && !named.Contains(ZoneNames.Canonical(id)));
            Assert.Empty(missing);
        }
    }

    [Fact]
    public void The_choices_are_named_and_sorted_in_the_readers_language()
    {
        var choices = TimeZoneChoices.In("ar", Winter);

        Assert.Contains(choices, c => c is { Id: "Africa/Cairo", Text: "القاهرة (\u2066UTC+02:00\u2069)" });
        var order = CultureInfo.GetCultureInfo("ar").CompareInfo;
        Assert.Equal(choices.Count, choices.Select(c => c.Id).Distinct().Count());
        Assert.All(choices.Zip(choices.Skip(1)), pair =>
            Assert.True(order.Compare(pair.First.Text, pair.Second.Text, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols) <= 0));
    }

    [Fact]
    public void The_offset_is_that_of_the_season()
    {
        string London(DateTimeOffset at) => TimeZoneChoices.In("en", at).Single(c => c.Id == "Europe/London").Text;

        Assert.Contains("UTC+00:00", London(Winter));
        Assert.Contains("UTC+01:00", London(Winter.AddMonths(6)));
    }

    [Fact]
    public void A_saved_zone_of_a_former_name_stays_among_the_choices() =>
        Assert.Contains(TimeZoneChoices.In("en", Winter, "Asia/Calcutta"), c => c.Id == "Asia/Calcutta");

    [Theory]
    [InlineData("Europe/Berlin", "en", "Europe/Berlin")]
    [InlineData("europe/berlin", "en", "Europe/Berlin")]
    [InlineData(" berlin ", "en", "Europe/Berlin")]
    [InlineData("القاهرة", "ar", "Africa/Cairo")]
    [InlineData("القاهرة", "en", null)]
    [InlineData("sao paulo", "en", "America/Sao_Paulo")] // accents need not be typed
    [InlineData("Nowhere", "en", null)]
    [InlineData("", "en", null)]
    [InlineData(null, "en", null)]
    public void A_zone_is_found_by_its_id_and_by_its_city_in_the_readers_language(string? typed, string language, string? zone) =>
        Assert.Equal(zone, ZoneNames.Find(typed, language));
}
