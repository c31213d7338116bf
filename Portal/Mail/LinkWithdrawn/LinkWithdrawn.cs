using Localization;

namespace Portal.Mail;

/// <summary>To one person whose join link was taken away.</summary>
public sealed record LinkWithdrawn(SessionFacts Session) : MailModel
{
    public override MailLink Link() => MailLink.None;

    public override Type Html() => typeof(LinkWithdrawnHtml);

    public override string Subject(MailContext context) => MailText.WithdrawnSubject.With(
        Session.With, SessionTime.Day(Session.StartUtc, context.TimeZone, context.Language), SessionTime.Clock(Session.StartUtc, context.TimeZone));

    public override string Text(MailContext context) => new PlainText(context).Hello()
        .Paragraph(MailText.WithdrawnHeading)
        .Paragraph(MailText.WithdrawnLead)
        .Card(new(Session, context, context.Standing == SessionStanding.Cancelled))
        .Paragraph(MailText.WithdrawnNext)
        .End(MailText.WhySession.With(context.ProductName));
}
