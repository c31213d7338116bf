using System.Net;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Pages.Admin.Mail;
using Portal.Sessions.Mails;
using Tests.Calendar;
using Tests.Mail;
using Tests.Support;

namespace Tests.Pages.Admin;

public sealed class MailGalleryTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public static TheoryData<string> BothLanguages => new("en", "ar");

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync();
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Only_an_administrator_looks_and_sends()
    {
        const string mail = "/admin/mail/gallery/SessionMoved/en";
        var visitor = _app.Visitor();
        var mentor = await _scene.BrowserAsync(await _scene.MentorAsync());
        foreach (var path in new[] { "/admin/mail/gallery", mail, mail + "?handler=Body" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(path)).StatusCode);
            Assert.NotEqual(HttpStatusCode.OK, (await mentor.GetAsync(path)).StatusCode);
        }
        var admin = await _scene.BrowserAsync(await _scene.AdminAsync());
        using var forged = await admin.PostAsync(mail, new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty(await _app.OutboxAsync());
    }

    [Theory, MemberData(nameof(BothLanguages))]
    public async Task Every_kind_is_there_by_a_name_of_its_own_and_is_drawn_without_a_script_or_a_link_that_works(string language)
    {
        var admin = await _scene.BrowserAsync(await _scene.AdminAsync());
        var list = await admin.GetStringAsync("/admin/mail/gallery");
        foreach (var kind in MailKinds.All.Keys)
        {
            Assert.Contains($"/admin/mail/gallery/{kind}/{language}", list);
            Assert.NotEqual(kind, MailWords.OfKind(_app.Services.GetRequiredService<IStringLocalizer<UiText>>(), kind));
            var page = await admin.GetStringAsync($"/admin/mail/gallery/{kind}/{language}");
            Assert.Equal(2, page.Split("<iframe").Length - 1);
            using var body = await admin.GetAsync($"/admin/mail/gallery/{kind}/{language}?handler=Body");
            Assert.Contains("sandbox", body.Headers.GetValues("Content-Security-Policy").Single());
            var html = await body.Content.ReadAsStringAsync();
            Assert.Contains($"lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"", html);
            Assert.DoesNotContain("<script", html);
            Assert.DoesNotContain("code=", html);
        }
    }

    [Fact]
    public void Mails_of_sessions_come_first() =>
        Assert.Equal(
            MailKinds.All.OrderBy(k => !k.Value.IsSubclassOf(typeof(SessionMail))).ThenBy(k => k.Key, StringComparer.Ordinal)
            .Select(k => k.Key),
            MailSamples.Kinds);

    [Theory]
    [InlineData("/admin/mail/gallery/NoSuchMail/en")]
    [InlineData("/admin/mail/gallery/SessionMoved/fr")]
    [InlineData("/admin/mail/gallery/..%2F..%2Fx/en")]
    [InlineData("/admin/mail/gallery/MailModel/en?handler=Body")]
    public async Task What_is_not_there_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await _scene.BrowserAsync(await _scene.AdminAsync())).GetAsync(path)).StatusCode);

    [IcalendarFact]
    public async Task A_sample_goes_to_the_own_address_with_dead_links_and_its_invitation_and_is_audited()
    {
        var user = await _scene.AdminAsync();
        var admin = await _scene.BrowserAsync(user);
        foreach (var kind in MailKinds.All.Keys.Order())
        {
            using var sent = await Forms.PostAsync(admin, $"/admin/mail/gallery/{kind}/ar", []);
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }
        await _app.DispatchAsync();
        Assert.All(await _app.OutboxAsync(), m => Assert.Equal((OutboxState.Sent, user.Email), (m.State, m.ToAddress)));
        var mails = IndependentCalendar.Read(_app.Files());
        Assert.Equal(MailKinds.All.Count, mails.Count);
        Assert.All(mails, m => Assert.Empty(m.Defects));
        Assert.All(mails, m => Assert.DoesNotMatch(@"code=|/join/(?!example)", m.Whole));
        // What it does to a calendar is told by the same method as in earnest.
        var series = mails.Single(m => m.Calendar?.Events.Length == 4);
        Assert.Equal("REQUEST", series.Method);
        Assert.Contains(mails, m => m.Method == "CANCEL");
        Assert.Equal(MailKinds.All.Count,
            await _app.InDatabaseAsync(db => db.AuditEntries.CountAsync(a => a.Action == "mail.send-sample" && a.ActorId == user.Id)));
        Assert.Contains("Email queued", await admin.GetStringAsync("/admin/mail/gallery/SessionMoved/en"));
    }

    [Fact]
    public async Task Samples_are_not_sent_without_end()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("RateLimits:Enabled", "true")
            .With("RateLimits:BookingPerMinute", "3"));
        var scene = new Scene(app);
        var admin = await scene.BrowserAsync(await scene.AdminAsync());
        var found = new List<int>();
        for (var i = 0; i < 5; i++)
            found.Add((int)(await Forms.PostAsync(admin, "/admin/mail/gallery/SessionMoved/en", [])).StatusCode);
        Assert.Equal([302, 302, 302, 429, 429], found);
        Assert.Equal(3, (await app.OutboxAsync()).Count);
    }
}
