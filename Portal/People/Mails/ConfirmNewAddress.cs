using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>To the address that an account is to have from now on: proves that its owner agrees.</summary>
public sealed record ConfirmNewAddress : AccountMail
{
    public static ConfirmNewAddress Sample => new();

    public override string Page() => "account/new-mail";

    public override string Subject(MailContext context) => MailText.ConfirmNewAddressSubject.With(context.ProductName);

    public override string Heading() => MailText.ConfirmNewAddressHeading;

    public override IEnumerable<string> Leads(MailContext context) => [MailText.ConfirmNewAddressLead.With(context.ProductName)];

    public override string Preheader(MailContext context) => MailText.GoodForOneDay;

    public override string ButtonText() => MailText.ConfirmNewAddressButton;

    public override string Note(AccountMailContext context) => MailText.ConfirmNewAddressNotYou;
}
