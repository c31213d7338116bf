using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>To somebody who has forgotten the password: a link that is good for one hour and for one new password.</summary>
public sealed record ResetPassword : AccountMail
{
    public static ResetPassword Sample => new();

    public override string Page() => "account/reset-password";

    public override string Subject(MailContext context) => MailText.ResetPasswordSubject.With(context.ProductName);

    public override string Heading() => MailText.ResetPasswordHeading;

    public override IEnumerable<string> Leads(MailContext context) => [MailText.ResetPasswordLead.With(context.ProductName)];

    public override string Preheader(MailContext context) => MailText.GoodForOneHour;

    public override string ButtonText() => MailText.ResetPasswordButton;

    public override string Note(AccountMailContext context) => MailText.ResetPasswordNotYou;
}
