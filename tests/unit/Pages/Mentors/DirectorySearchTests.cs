using Tests.Support;

namespace Tests.Pages.Mentors;

/// <summary>A portal with three mentors who can be found, and one who cannot.</summary>
public sealed class SearchedPortal : IAsyncLifetime
{
    public Dictionary<string, Guid> Mentors { get; } = [];

    public HttpClient Browser { get; private set; } = null!;

    private PortalApp App { get; } = new();

    public async Task InitializeAsync()
    {
        await App.InitializeAsync();
        var scene = new Scene(App);
        Mentors["A"] = (await DirectoryTests.MentorAsync(scene, "zq-Émile Zo", "In the laboratory", "ZQ-Physics|Writing")).Id;
        Mentors["B"] = (await DirectoryTests.MentorAsync(scene, "احمد", "مرشد في الأعمال", "الإدارة|الكتابة", "ar en")).Id;
        Mentors["C"] = (await DirectoryTests.MentorAsync(scene, "Zq-Paul", "", "Painting", "fr")).Id;
        await DirectoryTests.MentorAsync(scene, "zq-paused", "", "ZQ-Physics", more: m => m.IsPaused = true);
        Browser = await scene.BrowserAsync(await scene.PersonAsync());
    }

    public async Task DisposeAsync() => await App.DisposeAsync();
}

public sealed class DirectorySearchTests(SearchedPortal portal) : IClassFixture<SearchedPortal>
{
    [Theory]
    [InlineData("?q=zq-physics", "A")] // topic, whatever its case
    [InlineData("?q=ZQ-ÉMILE", "A")] // name, accents
    [InlineData("?q=zq-emile+LABORATORY", "A")] // two words, in two fields
    [InlineData("?q=zq-emile+nowhere", "")]
    [InlineData("?q=zq-", "A C")]
    [InlineData("?q=zq-&language=fr", "C")]
    [InlineData("?q=zq-&language=FR", "C")]
    [InlineData("?topic=ZQ-PHYSICS", "A")]
    [InlineData("?topic=zq-phys", "")] // a topic is meant whole
    [InlineData("?q=الاداره", "B")] // written الإدارة
    [InlineData("?q=أحمَد+الإِدارة", "B")] // with vowel signs
    [InlineData("?topic=الإدارة", "B")]
    [InlineData("?language=sw&q=zq", "")]
    public async Task Mentors_are_found_by_words_topic_and_language(string query, string expected)
    {
        var page = await portal.Browser.GetStringAsync("/mentors" + query);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => portal.Mentors[name]),
            DirectoryTests.Listed(page));
        Assert.Equal(expected is "", page.Contains("class=\"empty\""));
    }
}
