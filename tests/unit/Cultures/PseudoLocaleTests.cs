using System.Net;
using System.Xml.Linq;
using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Cultures;
using Portal.People;
using Portal.ProviderHost;
using Portal.Tickets;
using Tests.Support;

namespace Tests.Cultures;

/// <summary>Every page there is, drawn in the pseudo-locale: letters outside of brackets were written into the code.</summary>
public class PseudoLocaleTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoPages = new()
    {
        ["/settings/check-url"] = "a sentence for a script",
        ["/join/once/{pass}"] = "leads on at once",
        ["/account/sign-in/code"] = "follows a password",
        ["/account/two-factor"] = "is begun on the page before it",
        ["/meeting/{id:guid}/host"] = "sentences for a script",
        ["/meeting/{id:guid}/trouble"] = "a sentence for a script",
        ["/meeting/{id:guid}/beside"] = "a piece of the room's page",
        ["/meeting/{id:guid}/waiting"] = "a piece of the room's page",
    };

    private PortalApp _app = null!;

    public async Task InitializeAsync() => _app = await PortalApp.StartAsync(a => a.With("Portal:PseudoLocale", "true"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task No_text_of_any_page_escaped_the_resources()
    {
        var scene = new Scene(_app);
        var boss = await scene.MentorAsync("Boss");
        await _app.InScopeAsync<UserManager<PortalUser>>(async users =>
            await users.AddToRoleAsync((await users.FindByIdAsync($"{boss.Id}"))!, Roles.Admin));
        var booked = await scene.BookedAsync(boss, topic: "Career talk");
        var mail = await _app.InDatabaseAsync(db => db.Outbox.Select(m => m.Id).FirstAsync());
        var ticket = await _app.InScopeAsync<JoinLinks, Uri>(l => l.ForAsync(booked.MenteePart, 1, default));
        HttpClient[] readers = [_app.Visitor(), await scene.BrowserAsync(booked.Mentee), await scene.BrowserAsync(boss)];

        string[] data =
        [
            "Boss", "default", "Maha Nassar", "Career talk", Languages.SwitchTo(Languages.Arabic), .. OfPlugins(), .. NamesOfPlugins(),
        ];

        var (escaped, unseen) = (new List<string>(), new List<string>());
        foreach (var route in Pages())
        {
            var seen = false;
            foreach (var path in Paths(route, booked.Id, boss.Id, mail, ticket))
                foreach (var reader in readers)
                {
                    var html = await PageAsync(reader, path);
                    seen |= html.Contains(PseudoLocale.Start);
                    if (html.Contains(PseudoLocale.Start))
                        escaped.AddRange(PseudoText.Escaped(html, data)
                            .Select(text => $"{path}: {text}"));
                }
            if (!seen && !NoPages.ContainsKey(route))
                unseen.Add(route);
        }
        Assert.True(escaped.Count == 0, string.Join('\n', escaped.Distinct()));
        Assert.Empty(unseen);
    }

    [Fact]
    public void A_text_that_is_looked_up_by_name_stands_in_brackets_as_well()
    {
        using var pseudo = new Language(Languages.Pseudo);
        Assert.Equal(UiText.JobOutbox, _app.Services.GetRequiredService<IStringLocalizer<UiText>>()[nameof(UiText.JobOutbox)]);
        Assert.Equal(PseudoLocale.Start, UiText.JobOutbox[0]);
    }

    [Fact]
    public void A_text_of_the_code_would_be_found() =>
        Assert.Equal(["Hello", "there"],
            PseudoText.Escaped("<p>Hello</p><p>\u27e6Good \u27e6day\u27e7\u27e7</p><a title=\"there\">\u27e6x\u27e7</a>"));

    [Fact]
    public async Task Without_the_setting_there_is_no_such_language()
    {
        await using var app = await PortalApp.StartAsync();
        Assert.DoesNotContain(PseudoLocale.Start, await PageAsync(app.Visitor(), "/account/sign-in"));
    }

    /// <summary>Plugins bring texts of their own, which no seam of the portal puts into brackets.</summary>
    private static IEnumerable<string> OfPlugins() =>
        Directory.EnumerateFiles(Repository.File("Plugins"), "Texts.resx", SearchOption.AllDirectories)
            .SelectMany(file => XDocument.Load(file).Descendants("value")).Select(value => value.Value).Where(text => !text.Contains('{'));

    /// <summary>Likewise their names.</summary>
    private static IEnumerable<string> NamesOfPlugins() =>
        Directory.EnumerateFiles(Repository.File("Plugins"), PluginManifest.FileName, SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(file => PluginManifest.Read(Path.GetDirectoryName(file)!).Names[Languages.English]);

    private List<string> Pages() =>
    [
        .. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The route with somebody's or something's id in it; of a page that shows several things, one for each.</summary>
    private static string[] Paths(string route, Guid session, Guid mentor, Guid mail, Uri ticket) => route switch
    {
        "/mentors/{id:guid}" => [$"/mentors/{mentor}"],
        "/admin/people/{id:guid}" => [$"/admin/people/{mentor}"],
        "/admin/mail/{id:guid}" => [$"/admin/mail/{mail}"],
        "/admin/jobs/{key}" => ["/admin/jobs/clean-up"],
        "/admin/tools/{tool}" => ["/admin/tools/jitsi"],
        "/admin/mail/gallery/{kind}/{language}" => ["/admin/mail/gallery/SessionMoved/en"],
        "/error/{status:int}" => ["/error/400", "/error/403", "/error/404", "/error/429", "/error/500", "/error/503"],
        "/join/{ticket}" => [ticket.AbsolutePath, "/join/nonsense"],
        "/mail/reminders/{token}" => ["/mail/reminders/nonsense"],
        _ => [route.Replace("{id:guid}", $"{session}", StringComparison.Ordinal)],
    };

    private static async Task<string> PageAsync(HttpClient client, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.TryAddWithoutValidation("Accept-Language", Languages.Pseudo);
        using var answer = await client.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, page.StartsWith("/error/", StringComparison.Ordinal) ? 0 : answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
