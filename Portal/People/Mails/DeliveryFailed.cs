using System.Globalization;
using Localization;
using Portal.Mail.Admin;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>To every administrator: so many mails were given up, or may or may not have arrived, since then.</summary>
public sealed record DeliveryFailed(int Count, DateTimeOffset SinceUtc) : AccountMail
{
    public static DeliveryFailed Sample => new(12, new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public override string Page() => $"admin/mail?state={MailArchive.Attention}";

    public override string Subject(MailContext context) => MailText.DeliveryFailedSubject.With(context.ProductName, Plural.Of("MailsNotDelivered", Count));

    public override string Heading() => MailText.DeliveryFailedHeading;

    public override IEnumerable<string> Leads(MailContext context) =>
    [
        MailText.DeliveryFailedLead.With(
            SessionTime.Moment(SinceUtc, context.TimeZone, context.Language), ZoneNames.In(context.TimeZone, context.Language), Number),
    ];

    public override string ButtonText() => MailText.DeliveryFailedButton;

    public override string Note(AccountMailContext context) => MailText.DeliveryFailedNote;

    public override string Why(MailContext context) => MailText.WhyAdmin.With(context.ProductName);

    private string Number => Count.ToString(CultureInfo.InvariantCulture);
}
