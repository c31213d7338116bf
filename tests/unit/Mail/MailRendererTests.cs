using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Mail.Rendering;
using Portal.Sessions.Mails;

namespace Tests.Mail;

public sealed partial class MailRendererTests
{
    internal static readonly MailRenderer Renderer = new(
        new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider(), NullLoggerFactory.Instance);

    [Fact]
    public void Every_kind_of_mail_has_a_sample_and_a_component()
    {
        Assert.Equal(MailKinds.All.Keys.Order(), SampleMails.All.Select(MailKinds.Of).Order());
        Assert.All(SampleMails.All, m => Assert.Equal(typeof(MailHtml<>), m.Html().BaseType?.GetGenericTypeDefinition()));
    }

    public static TheoryData<string, string> EveryTextInBothLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in SampleMails.Approved.Keys.Order())
        {
            data.Add(name, "en");
            data.Add(name, "ar");
        }
        return data;
    }

    [Theory, MemberData(nameof(EveryTextInBothLanguages))]
    public async Task A_mail_reads_as_approved(string kind, string language)
    {
        var mail = await RenderAsync(kind, language);
        Approved.Check(
            ($"{kind}.{language}.html", mail.Html),
            ($"{kind}.{language}.txt", $"Subject: {mail.Subject}\n\n{mail.Text}"));
    }

    [Theory, MemberData(nameof(EveryTextInBothLanguages))]
    public async Task Both_parts_of_a_mail_lead_to_the_same_places_and_never_to_a_provider(string kind, string language)
    {
        var mail = await RenderAsync(kind, language);
        var html = Href().Matches(mail.Html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToHashSet();
        var text = Address().Matches(mail.Text).Select(m => m.Value).ToHashSet();
        Assert.NotEmpty(html);
        Assert.Equal(html.Order(), text.Order());
        Assert.All(html, l => Assert.StartsWith("https://portal.example/", l));
        Assert.All(Address().Matches(WebUtility.HtmlDecode(mail.Html)), l => Assert.StartsWith("https://portal.example/", l.Value));
    }

    [Theory, MemberData(nameof(EveryTextInBothLanguages))]
    public async Task A_mail_runs_in_its_languages_direction_and_is_whole(string kind, string language)
    {
        var mail = await RenderAsync(kind, language);
        Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\">", mail.Html);
        Assert.False(string.IsNullOrWhiteSpace(mail.Subject));
        Assert.Equal(1, Regex.Count(mail.Html, "<h1"));
        foreach (var part in new[] { mail.Subject, mail.Html, mail.Text })
            Assert.DoesNotMatch(@"\{\d\}", part);
        // Arabic stays Arabic: not as numeric entities.
        Assert.DoesNotContain("&#x6", mail.Html);
        if (language == "ar")
            Assert.DoesNotMatch(@"(?<![\w.])(session|link|cancelled|confirmed|address)(?![\w.])",
            mail.Text.Replace("portal.example/sessions", "", StringComparison.Ordinal));
    }

    /// <summary>A phone shows some 35 characters. A name at the front would turn the whole line's direction.</summary>
    [Theory, MemberData(nameof(EveryTextInBothLanguages))]
    public async Task The_day_of_a_session_stands_early_in_the_subject(string name, string language)
    {
        if (SampleMails.Approved[name] is not SessionMail mail)
            return;
        var subject = (await RenderAsync(name, language)).Subject;
        var month = subject.IndexOf(language == "ar" ? "نوفمبر" : "Nov", StringComparison.Ordinal);
        Assert.InRange(month, 1, 35);
        Assert.False(subject.EndsWith(": ", StringComparison.Ordinal) || subject.EndsWith("with ", StringComparison.Ordinal));
        Assert.DoesNotContain(mail.Session.With, who => who is not "" && subject.StartsWith(who, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_people_write_cannot_become_markup()
    {
        var mail = await RenderAsync("SessionCancelled", "en");
        Assert.DoesNotContain("<budgets>", mail.Html);
        Assert.DoesNotContain("<again>", mail.Html);
        Assert.Contains("<budgets>", mail.Text);
    }

    [Theory]
    [InlineData(SessionStanding.Cancelled)]
    [InlineData(SessionStanding.Withdrawn)]
    public async Task A_confirmation_that_comes_too_late_says_so_and_offers_no_link_to_join(SessionStanding standing)
    {
        var model = new SessionConfirmed(SampleMails.Session);
        var open = await Renderer.RenderAsync(model, SampleMails.Context(model, "en"));
        var late = await Renderer.RenderAsync(model, SampleMails.Context(model, "en", standing));
        Assert.Contains("/join/", open.Text);
        Assert.DoesNotContain("/join/", late.Text + late.Html);
        Assert.DoesNotContain("Your session is confirmed", late.Text + late.Html);
    }

    [Fact]
    public async Task Times_are_in_the_readers_zone_and_tell_the_other_sides_clock()
    {
        var model = new SessionConfirmed(SampleMails.Session);
        var mail = await Renderer.RenderAsync(model, SampleMails.Context(model, "en"));
        Assert.Contains("Tuesday 24 November 2026", mail.Text);
        Assert.Contains("\u206818:00–19:00\u2069", mail.Text);
        Assert.Contains("Cairo time", mail.Text);
        Assert.Contains("\u206817:00\u2069 for \u2068Layla Hassan\u2069 (Berlin time)", mail.Text);
    }

    [Fact]
    public void A_kind_that_does_not_exist_is_refused()
    {
        var failure = Assert.Throws<MailCompositionException>(() => MailKinds.Read("NoSuchMail", "{}"));
        Assert.Contains("NoSuchMail", failure.Message);
    }

    [Fact]
    public void A_stored_mail_comes_back_as_it_was_and_holds_no_link()
    {
        Assert.All(SampleMails.All, mail =>
        {
            var json = MailKinds.Write(mail);
            Assert.Equivalent(mail, MailKinds.Read(MailKinds.Of(mail), json), strict: true);
            Assert.DoesNotContain("http", json);
            Assert.DoesNotContain("join", json);
        });
    }

    [Fact]
    public void A_damaged_model_is_told_without_quoting_it()
    {
        var failure = Assert.Throws<MailCompositionException>(() => MailKinds.Read("SessionConfirmed", "{\"Session\": \"Layla\"}"));
        Assert.DoesNotContain("Layla", failure.Message);
    }

    private static Task<RenderedMail> RenderAsync(string name, string language)
    {
        var model = SampleMails.Approved[name];
        return Renderer.RenderAsync(model, SampleMails.Context(model, language));
    }

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Href();

    [GeneratedRegex(@"https?://[^\s<>""']+")]
    private static partial Regex Address();
}
