using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>The group is full; the reader is told when a seat becomes free.</summary>
public sealed record WaitingListed(SessionFacts Session) : SessionMail(Session)
{
    public static WaitingListed Sample => new(SampleFacts.Session);

    public override MailLink Link() => MailLink.None;

    protected override string SubjectPattern(MailContext context) => MailText.WaitingSubject;

    public override string Heading(MailContext context) => MailText.WaitingHeading;

    public override string Lead(MailContext context) => MailText.WaitingLead;
}
