using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>To somebody who has signed up: proves that the address is theirs.</summary>
public sealed record ConfirmAddress : MailModel
{
    public static ConfirmAddress Sample => new();

    public override MailLink Link() => MailLink.ConfirmAddress;

    public override Type Html() => typeof(ConfirmAddressHtml);

    public override string Subject(MailContext context) => MailText.ConfirmAddressSubject.With(context.ProductName);

    public override string Text(MailContext context) => new PlainText(context).Hello()
        .Paragraph(MailText.ConfirmAddressHeading)
        .Paragraph(MailText.ConfirmAddressLead.With(context.ProductName))
        .Link(MailText.ConfirmAddressButton, context.ActionUrl)
        .Paragraph(MailText.ConfirmAddressNotYou)
        .End(MailText.WhyAccount.With(context.ProductName));
}
