using System.Text.RegularExpressions;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

[Collection(StoryFixture.Name)]
public sealed class SettingsStories(StoryFixture stories)
{
    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_mentor_brings_a_link_of_their_own_and_sets_hours(string language) => stories.TellAsync(language, async page =>
    {
        await new SignInPage(page).SignInAsync(Persons.Mentor(language));
        var settings = new SettingsPage(page);
        await settings.OpenToolAsync();
        await settings.ChooseAsync("manual");
        await settings.WriteUrlAsync("https://192.168.0.1/room");
        Assert.Equal(400, await settings.SaveAsync());
        var reason = await settings.UrlError.InnerTextAsync();
        Assert.NotEmpty(reason);
        Assert.Equal(language == "ar", Regex.IsMatch(reason, @"\p{IsArabic}"));

        const string room = "https://meet.google.com/abc-defg-hij";
        await settings.WriteUrlAsync(room);
        await Expect(settings.UrlVerdict).ToHaveClassAsync(new Regex("verdict-good"));
        Assert.Equal(302, await settings.SaveAsync());
        await Expect(settings.Saved).ToBeVisibleAsync();
        Assert.True(await settings.IsChosenAsync("manual"));
        Assert.Equal(room, await settings.UrlAsync());

        await settings.OpenHoursAsync();
        await settings.WriteHoursAsync(DayOfWeek.Sunday, "09:00", "17:30");
        Assert.Equal(302, await settings.SaveAsync());
        Assert.Equal(("09:00", "17:30"), await settings.HoursAsync(DayOfWeek.Sunday));

        // As it was, for the stories that come after.
        await settings.WriteHoursAsync(DayOfWeek.Sunday, "08:00", "20:00");
        Assert.Equal(302, await settings.SaveAsync());
        await settings.OpenToolAsync();
        await settings.ChooseAsync("jitsi");
        Assert.Equal(302, await settings.SaveAsync());
    });
}
