using System.Text.RegularExpressions;
using Portal.Mail.Rendering;
using Portal.Sessions.Mails;
using Providers;

namespace Tests.Mail;

/// <summary>Mails about sessions that are no page in a browser: by phone, in person, in an app.</summary>
public sealed class PlaceMailTests
{
    private const string Join = "https://portal.example/join/";
    private const string Page = "https://portal.example/sessions/";

    private static readonly MeetingPlace Phone = new(MeetingPlaceKind.Phone, "+201001234567");
    private static readonly MeetingPlace Address = new(MeetingPlaceKind.Address, "12 Talaat Harb <Street>, \"Cairo\"");
    private static readonly MeetingPlace App = new(MeetingPlaceKind.App, "WhatsApp");

    public static TheoryData<string, string> Kinds()
    {
        var data = new TheoryData<string, string>();
        string[] kinds = ["SessionConfirmed", "SessionReminder", "SessionMoved", "RoomChanged", "SeriesConfirmed"];
        foreach (var kind in kinds)
        {
            data.Add(kind, "en");
            data.Add(kind, "ar");
        }
        return data;
    }

    private static Task<RenderedMail> RenderAsync(string kind, string language, MeetingPlace place)
    {
        var mail = SampleMails.Approved[kind];
        return MailRendererTests.Renderer.RenderAsync(
            mail, (SessionMailContext)SampleMails.Context(mail, language) with { Place = place });
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_session_elsewhere_has_the_place_and_no_button_that_leads_nowhere(string kind, string language)
    {
        foreach (var place in new[] { Phone, Address })
        {
            var mail = await RenderAsync(kind, language, place);

            Assert.DoesNotContain(Join, mail.Text + mail.Html);
            Assert.Contains(Page, mail.Text);
            // Once in the card and once in what to do.
            Assert.Equal(2, Regex.Count(mail.Text, Regex.Escape(place.Text)));
            Assert.Equal(2, Regex.Count(System.Net.WebUtility.HtmlDecode(mail.Html), Regex.Escape(place.Text)));
            Assert.DoesNotContain("<Street>", mail.Html);
            Assert.DoesNotContain(language == "ar" ? "رابط الانضمام" : "join link", mail.Text);
        }
    }

    [Theory]
    [InlineData("en", "Please call", "You’ll be called at")]
    [InlineData("ar", "يُرجى الاتصال بالرقم", "ستصلك المكالمة على الرقم")]
    public async Task The_others_call_and_the_mentor_is_called(string language, string others, string mentor)
    {
        Assert.Contains(others, (await RenderAsync("SessionConfirmed", language, Phone)).Text);
        Assert.Contains(mentor, (await RenderAsync("SessionConfirmed.Group", language, Phone)).Text);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_call_in_an_app_is_named_and_joined_by_the_link(string kind, string language)
    {
        var mail = await RenderAsync(kind, language, App);

        Assert.Contains(Join, mail.Text);
        Assert.Contains(language == "ar" ? "مكالمة عبر \u2068WhatsApp\u2069" : "\u2068WhatsApp\u2069 call", mail.Text);
    }
}
