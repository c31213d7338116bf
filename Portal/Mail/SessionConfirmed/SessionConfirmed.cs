using Localization;

namespace Portal.Mail;

/// <summary>To everyone in a session, when it is confirmed: here is your link.</summary>
public sealed record SessionConfirmed(SessionFacts Session) : MailModel
{
    public override MailLink Link() => MailLink.Join;

    public override Type Html() => typeof(SessionConfirmedHtml);

    public override string Subject(MailContext context) => MailText.ConfirmedSubject.With(
        Session.With, SessionTime.Day(Session.StartUtc, context.TimeZone, context.Language), SessionTime.Clock(Session.StartUtc, context.TimeZone));

    // The mail may be rendered after the session was cancelled or the link withdrawn: then it says so.
    public static string Heading(MailContext context) => context.Standing switch
    {
        SessionStanding.Cancelled => MailText.ConfirmedThenCancelled,
        SessionStanding.Withdrawn => MailText.ConfirmedThenWithdrawn,
        _ => MailText.ConfirmedHeading,
    };

    public override string Text(MailContext context)
    {
        var text = new PlainText(context).Hello().Paragraph(Heading(context))
            .Card(new(Session, context, context.Standing == SessionStanding.Cancelled))
            .Link(MailText.JoinButton, context.JoinUrl);
        if (context.JoinUrl is not null)
            text.Paragraph(MailText.LinkIsYours);
        return text.Link(MailText.ChangeOrCancel, context.SessionUrl).End(MailText.WhySession.With(context.ProductName));
    }
}
