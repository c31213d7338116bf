using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>To somebody who has forgotten the password: a link that is good for one hour and for one new password.</summary>
public sealed record ResetPassword : MailModel
{
    public static ResetPassword Sample => new();

    public override MailLink Link() => MailLink.ResetPassword;

    public override Type Html() => typeof(ResetPasswordHtml);

    public override string Subject(MailContext context) => MailText.ResetPasswordSubject.With(context.ProductName);

    public override string Text(MailContext context) => new PlainText(context).Hello()
        .Paragraph(MailText.ResetPasswordHeading)
        .Paragraph(MailText.ResetPasswordLead.With(context.ProductName))
        .Link(MailText.ResetPasswordButton, context.ActionUrl)
        .Paragraph(MailText.ResetPasswordNotYou)
        .End(MailText.WhyAccount.With(context.ProductName));
}
