using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To one person whose join link was replaced: here is the new one.</summary>
public sealed record LinkRenewed(SessionFacts Session) : SessionMail(Session)
{
    public static LinkRenewed Sample => new(SampleFacts.Session);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) => MailText.RenewedSubject;

    public override string Heading(SessionMailContext context) => MailText.RenewedHeading;

    // It is about the link, wherever people meet.
    public override string ButtonText(SessionMailContext context) => MailText.JoinButton;

    public override Uri? ButtonUrl(SessionMailContext context) => context.JoinUrl;

    public override string Lead(SessionMailContext context) => context.Standing switch
    {
        SessionStanding.Cancelled => MailText.ConfirmedThenCancelled,
        SessionStanding.Withdrawn => MailText.ConfirmedThenWithdrawn,
        _ => MailText.RenewedLead,
    };
}
