using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Mentors;
using Portal.People;
using Portal.Sessions.Availability;
using Tests.Support;
using Xunit.Abstractions;

namespace Tests.Pages.Mentors;

/// <summary>The directory of mentors, as a page and for programs.</summary>
public sealed partial class DirectoryTests(PortalApp app, ITestOutputHelper output) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private Task<PortalUser> MentorAsync(
        string name, string headline, string topics, string languages = "en", Action<MentorProfile>? more = null) =>
        MentorAsync(_scene, name, headline, topics, languages, more);

    internal static Task<PortalUser> MentorAsync(
        Scene scene, string name, string headline, string topics, string languages = "en", Action<MentorProfile>? more = null) =>
        scene.MentorAsync(name, profile: m =>
        {
            (m.Headline, m.Topics, m.Languages) = (headline, [.. topics.Split('|')], [.. languages.Split(' ')]);
            more?.Invoke(m);
        });

    internal static Guid[] Listed(string page) => [.. Card().Matches(page).Select(m => Guid.Parse(m.Groups[1].Value))];

    [GeneratedRegex("data-mentor=\"([^\"]+)\"")]
    private static partial Regex Card();

    [Fact, Trait("Clock", "moves")]
    public async Task A_card_says_who_it_is_and_the_next_free_time_in_the_readers_zone()
    {
        var session = await _scene.BookedAsync(await MentorAsync("Card Mentor <b>", "Says & does", "One|Two"), start: app.Clock.GetUtcNow()
            .AddHours(0));
        var full = await MentorAsync("Card Full", "", "One", more: m => m.NoticeMinutes = 60 * 24 * 365);
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync(zone: "Asia/Tokyo"));

        var page = await browser.GetStringAsync("/mentors?q=card");
        Assert.Equal([full.Id, session.Mentor.Id], Listed(page));
        Assert.Contains("Card Mentor &lt;b&gt;", page);
        Assert.Contains("Says &amp; does", page);
        // Nine o'clock in Greenwich is booked: the next one is ten, nineteen o'clock in Tokyo.
        var next = session.Start.AddHours(1).ToOffset(TimeSpan.FromHours(9))
            .ToString("ddd d MMM, \u2068HH:mm\u2069", CultureInfo.InvariantCulture);
        Assert.Contains($"Next available: {next}", WebUtility.HtmlDecode(page));
        Assert.Contains("No times available in the coming days", page);
        Assert.Equal([session.Mentor.Id, full.Id], Listed(await browser.GetStringAsync("/mentors?q=card&sort=soonest")));
    }

    [Fact]
    public async Task Pages_of_twenty_four_hold_everybody_once()
    {
        for (var i = 0; i < 30; i++)
            await MentorAsync($"Paged {i:00}", "", "Paging");
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync());
        var first = await browser.GetStringAsync("/mentors?q=paged");
        var second = await browser.GetStringAsync("/mentors?q=paged&p=2");
        Assert.Equal((24, 6), (Listed(first).Length, Listed(second).Length));
        Assert.Equal(30, Listed(first).Concat(Listed(second)).Distinct().Count());
        Assert.Contains("href=\"/mentors?q=paged&amp;p=2\"", first);
        Assert.DoesNotContain("rel=\"next\"", second);
    }

    [Theory]
    [InlineData("?q=%00&topic=%00&language=%00&sort=%00&p=%00")]
    [InlineData("?p=-1")]
    [InlineData("?p=2147483647")]
    [InlineData("?p=99999999999")]
    [InlineData("?q=%ED%A0%80")]
    [InlineData("?q='%3B--&topic=%3Cscript%3E&language=../..")]
    [InlineData("?sort=soonest&q=%25_")]
    public async Task Whatever_the_address_says_the_directory_is_shown(string query)
    {
        using var answer = await (await _scene.BrowserAsync(await _scene.PersonAsync())).GetAsync("/mentors" + query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync());
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Programs_get_the_same_with_total_and_next_free_time()
    {
        var mentor = await MentorAsync("Program Mentor", "For programs", "Code", "en ar");
        await MentorAsync("Program Other", "", "Else");
        var (client, _) = await _scene.KeyHolderAsync();
        using var answer = await client.GetAsync("/api/v1/mentors?q=program&topic=code&language=ar");
        var found = await answer.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(1, found.GetProperty("total").GetInt32());
        var item = found.GetProperty("items").EnumerateArray().Single();
        Assert.Equal((mentor.Id, "Program Mentor", "For programs"),
            (item.GetProperty("id").GetGuid(), item.GetProperty("name").GetString(), item.GetProperty("headline").GetString()));
        Assert.Equal(["Code"], item.GetProperty("topics").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(["en", "ar"], item.GetProperty("languages").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(app.Clock.GetUtcNow(), item.GetProperty("nextFree").GetDateTimeOffset());

        using var beyond = await client.GetAsync("/api/v1/mentors?q=program&skip=2");
        Assert.Equal((2, 0), await beyond.JsonAsync(HttpStatusCode.OK) is var b
            ? (b.GetProperty("total").GetInt32(), b.GetProperty("items").GetArrayLength()) : default);
        foreach (var wrong in new[] { "-1", "x", "99999999999", "" })
        {
            using var refused = await client.GetAsync($"/api/v1/mentors?skip={wrong}");
            await refused.ProblemAsync(422);
        }
    }

    [Fact, Trait("Speed", "slow")]
    public async Task Five_thousand_mentors_are_searched_in_well_under_a_second()
    {
        await using var own = await PortalApp.StartAsync();
        await SeedAsync(own, 5000);
        async Task<long> BestAsync(MentorQuery query)
        {
            var best = long.MaxValue;
            for (var i = 0; i < 4; i++)
            {
                var watch = Stopwatch.StartNew();
                var page = await own.InScopeAsync<MentorDirectory, MentorPage>(d => d.FindAsync(query, 0, 24, default));
                best = Math.Min(best, watch.ElapsedMilliseconds);
                Assert.Equal(24, page.Items.Count);
            }
            return best;
        }
        var (plain, searched, soonest) = (await BestAsync(new(null, null, null)), await BestAsync(new("مرشد topic7", null, "ar")),
            await BestAsync(new(null, null, null, SoonestFirst: true)));
        output.WriteLine($"5,000 mentors: list {plain} ms, search {searched} ms, soonest first {soonest} ms");
        Assert.True(plain < 1000 && searched < 1000, $"list {plain} ms, search {searched} ms");
        Assert.True(soonest < 5000, $"soonest {soonest} ms");
    }

    private static Task SeedAsync(PortalApp app, int count) => app.InDatabaseAsync(async db =>
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var role = await db.Roles.SingleAsync(r => r.Name == Roles.Mentor);
        for (var i = 0; i < count; i++)
        {
            var user = new PortalUser
            {
                Id = Guid.CreateVersion7(),
                UserName = $"m{i}@x.example",
                NormalizedUserName = $"M{i}@X.EXAMPLE",
                Email = $"m{i}@x.example",
                DisplayName = i % 2 == 0 ? $"Mentor {i}" : $"مرشد {i}",
                Language = "en",
                TimeZone = "Africa/Cairo"
            };
            db.Users.Add(user);
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = role.Id });
            db.MentorProfiles.Add(new MentorProfile
            {
                UserId = user.Id,
                Headline = $"Helps with the things of {i}",
                Topics = [$"Topic{i % 40}", $"موضوع {i % 17}"],
                Languages = i % 3 == 0 ? ["en"] : ["ar", "en"],
                Hours = [.. Enum.GetValues<DayOfWeek>().Where(d => (int)d != i % 7)
                    .Select(d => new WeeklyHours { Day = d, FromMinute = 540, ToMinute = 1020 })],
            });
            for (var day = 0; day < 10; day++)
                db.BusyTimes.Add(new BusyTime
                {
                    MentorId = user.Id,
                    StartUtc = app.Clock.GetUtcNow().AddDays(day),
                    EndUtc = app.Clock.GetUtcNow().AddDays(day).AddHours(2)
                });
            if (i % 500 == 499)
            {
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
        }
    });
}
