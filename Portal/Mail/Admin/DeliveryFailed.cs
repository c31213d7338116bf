using System.Globalization;
using Localization;
using Portal.Mail.Rendering;
using Portal.Sessions.Mails;

namespace Portal.Mail.Admin;

/// <summary>To every administrator: so many mails were given up, or may or may not have arrived, since then.</summary>
public sealed record DeliveryFailed(int Count, DateTimeOffset SinceUtc) : MailModel
{
    public static DeliveryFailed Sample => new(12, SampleFacts.Session.StartUtc.AddHours(-7));

    public override MailLink Link() => MailLink.FailedMails;

    public override Type Html() => typeof(DeliveryFailedHtml);

    public override string Subject(MailContext context) => MailText.DeliveryFailedSubject.With(context.ProductName, Number);

    public string Lead(MailContext context) => MailText.DeliveryFailedLead.With(
        SessionTime.Moment(SinceUtc, context.TimeZone, context.Language), ZoneNames.In(context.TimeZone, context.Language), Number);

    public override string Text(MailContext context) => new PlainText(context).Hello()
        .Paragraph(MailText.DeliveryFailedHeading)
        .Paragraph(Lead(context))
        .Link(MailText.DeliveryFailedButton, context.ActionUrl)
        .Paragraph(MailText.DeliveryFailedNote)
        .End(MailText.WhyAdmin.With(context.ProductName));

    private string Number => Count.ToString(CultureInfo.InvariantCulture);
}
