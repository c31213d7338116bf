using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>To the address that an account is to have from now on: proves that its owner agrees.</summary>
public sealed record ConfirmNewAddress : MailModel
{
    public static ConfirmNewAddress Sample => new();

    public override MailLink Link() => MailLink.ConfirmNewAddress;

    public override Type Html() => typeof(ConfirmNewAddressHtml);

    public override string Subject(MailContext context) => MailText.ConfirmNewAddressSubject.With(context.ProductName);

    public override string Text(MailContext context) => new PlainText(context).Hello()
        .Paragraph(MailText.ConfirmNewAddressHeading)
        .Paragraph(MailText.ConfirmNewAddressLead.With(context.ProductName))
        .Link(MailText.ConfirmNewAddressButton, context.ActionUrl)
        .Paragraph(MailText.ConfirmNewAddressNotYou)
        .End(MailText.WhyAccount.With(context.ProductName));
}
