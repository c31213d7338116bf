using System.Net;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class ProfileTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_saved_profile_counts_on_the_very_next_page()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        using var answer = await client.SubmitAsync("/account/profile", ("Name", " نور "), ("Language", "ar"), ("Zone", "Africa/Cairo"));
        Assert.Equal("/account/profile", answer.Headers.Location?.OriginalString);

        var html = await client.GetStringAsync("/account/profile");
        Assert.Contains("dir=\"rtl\"", html);
        Assert.Contains("value=\"نور\"", html);
        Assert.Contains("value=\"Africa/Cairo\" list=\"zones\"", html);
        var saved = (await app.FindAsync(user.Email!))!;
        Assert.Equal(("نور", "ar", "Africa/Cairo"), (saved.DisplayName, saved.Language, saved.TimeZone));
    }

    [Fact]
    public async Task The_language_of_the_profile_takes_the_place_of_one_chosen_by_the_switch()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        using var switched = await client.PostAsync("/language", await TokenAsync(client));
        Assert.Contains("dir=\"rtl\"", await client.GetStringAsync("/account/profile"));

        using var saved = await client.SubmitAsync("/account/profile", ("Name", "Nour"), ("Language", "en"), ("Zone", "Etc/UTC"));
        Assert.Contains("dir=\"ltr\"", await client.GetStringAsync("/account/profile"));
    }

    [Theory]
    [InlineData("", "en", "Etc/UTC")]
    [InlineData("Nour", "en", "Nowhere")]
    [InlineData("Nour", "", "Etc/UTC")]
    public async Task What_does_not_fit_is_not_saved(string name, string language, string zone)
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        using var answer = await client.SubmitAsync("/account/profile", ("Name", name), ("Language", language), ("Zone", zone));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(("Nour", "en"), ((await app.FindAsync(user.Email!))!.DisplayName, (await app.FindAsync(user.Email!))!.Language));
    }

    private static async Task<FormUrlEncodedContent> TokenAsync(HttpClient client) => new(new Dictionary<string, string>
    {
        ["__RequestVerificationToken"] = Accounts.TokenIn(await client.GetStringAsync("/account/profile")),
        ["language"] = "ar",
    });
}
