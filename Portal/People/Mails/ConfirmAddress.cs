using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>To somebody who has signed up: proves that the address is theirs.</summary>
public sealed record ConfirmAddress : AccountMail
{
    public static ConfirmAddress Sample => new();

    public override string Page() => "account/confirm-email";

    public override string Subject(MailContext context) => MailText.ConfirmAddressSubject.With(context.ProductName);

    public override string Heading() => MailText.ConfirmAddressHeading;

    public override IEnumerable<string> Leads(MailContext context) => [MailText.ConfirmAddressLead.With(context.ProductName)];

    public override string Preheader(MailContext context) => MailText.GoodForOneDay;

    public override string ButtonText() => MailText.ConfirmAddressButton;

    public override string Note(AccountMailContext context) => MailText.ConfirmAddressNotYou;
}
