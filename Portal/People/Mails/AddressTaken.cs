using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>
/// To the owner of an address that somebody tried to sign up with again. The page answers the same for known and unknown
/// addresses; only their owner learns which it is.
/// </summary>
public sealed record AddressTaken : MailModel
{
    public static AddressTaken Sample => new();

    public override MailLink Link() => MailLink.SignIn;

    public override Type Html() => typeof(AddressTakenHtml);

    public override string Subject(MailContext context) => MailText.AddressTakenSubject.With(context.ProductName);

    public override string Text(MailContext context) => new PlainText(context).Hello()
        .Paragraph(MailText.AddressTakenHeading)
        .Paragraph(MailText.AddressTakenLead.With(context.ProductName))
        .Link(MailText.SignInButton, context.ActionUrl)
        .Paragraph(MailText.AddressTakenNotYou)
        .End(MailText.WhyAccount.With(context.ProductName));
}
