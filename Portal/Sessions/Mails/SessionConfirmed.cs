using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To everyone in a session, when it is confirmed: here is your link.</summary>
public sealed record SessionConfirmed(SessionFacts Session) : SessionMail(Session)
{
    public static SessionConfirmed Sample => new(SampleFacts.Session);

    public override CalendarPart Calendar() => CalendarPart.InviteAll;

    protected override string SubjectPattern(SessionMailContext context) => MailText.ConfirmedSubject;

    // The mail may be rendered after the session was cancelled or the link withdrawn: then it says so.
    public override string Heading(SessionMailContext context) => context.Standing switch
    {
        SessionStanding.Cancelled => MailText.ConfirmedThenCancelled,
        SessionStanding.Withdrawn => MailText.ConfirmedThenWithdrawn,
        _ => MailText.ConfirmedHeading,
    };

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [.. base.Links(context), .. Help(context)];
}
