using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>
/// To the owner of an address that somebody tried to sign up with again. The page says the same for known and unknown
/// addresses; only their owner learns which it is.
/// </summary>
public sealed record AddressTaken : AccountMail
{
    public static AddressTaken Sample => new();

    public override string Page() => "account/sign-in";

    public override string Subject(MailContext context) => MailText.AddressTakenSubject.With(context.ProductName);

    public override string Heading() => MailText.AddressTakenHeading;

    public override IEnumerable<string> Leads(MailContext context) => [MailText.AddressTakenLead.With(context.ProductName)];

    public override string ButtonText() => MailText.SignInButton;

    public override (string Text, string Page)? More() => (MailText.ResetPasswordButton, "account/forgot-password");

    public override string Note(AccountMailContext context) => MailText.AddressTakenNotYou;
}
