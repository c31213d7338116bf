using Localization;
using Portal.Cultures;
using Tests.Mail;

namespace Tests.Cultures;

/// <summary>Every mail in the pseudo-locale.</summary>
public class PseudoMailTests
{
    public static TheoryData<string> Names() => [.. SampleMails.Approved.Keys.Order()];

    [Theory, MemberData(nameof(Names))]
    public async Task No_text_of_a_mail_escaped_the_resources(string name)
    {
        PseudoLocale.Install();
        var model = SampleMails.Approved[name];
        var mail = await MailRendererTests.Renderer.RenderAsync(
            model, SampleMails.Context(model, "en") with { Language = Languages.Pseudo });

        Assert.All([mail.Subject, mail.Html, mail.Text], part => Assert.Contains(PseudoLocale.Start, part));
        Assert.Empty(PseudoText.Escaped($"{mail.Subject}\n{mail.Html}\n{mail.Text}"));
    }
}
