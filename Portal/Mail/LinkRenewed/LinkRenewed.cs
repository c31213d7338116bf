using Localization;

namespace Portal.Mail;

/// <summary>To one person whose join link was replaced: here is the new one.</summary>
public sealed record LinkRenewed(SessionFacts Session) : MailModel
{
    public override MailLink Link() => MailLink.Join;

    public override Type Html() => typeof(LinkRenewedHtml);

    public override string Subject(MailContext context) => MailText.RenewedSubject.With(
        Session.With, SessionTime.Day(Session.StartUtc, context.TimeZone, context.Language), SessionTime.Clock(Session.StartUtc, context.TimeZone));

    public static string Lead(MailContext context) => context.Standing switch
    {
        SessionStanding.Cancelled => MailText.ConfirmedThenCancelled,
        SessionStanding.Withdrawn => MailText.ConfirmedThenWithdrawn,
        _ => MailText.RenewedLead,
    };

    public override string Text(MailContext context)
    {
        var text = new PlainText(context).Hello().Paragraph(MailText.RenewedHeading).Paragraph(Lead(context))
            .Card(new(Session, context, context.Standing == SessionStanding.Cancelled))
            .Link(MailText.JoinButton, context.JoinUrl);
        if (context.JoinUrl is not null)
            text.Paragraph(MailText.LinkIsYours);
        return text.Link(MailText.ChangeOrCancel, context.SessionUrl).End(MailText.WhySession.With(context.ProductName));
    }
}
