using Localization;

namespace Portal.Sessions.Mails;

/// <summary>The group is full; the reader is told when a seat becomes free.</summary>
public sealed record WaitingListed(SessionFacts Session) : SessionMail(Session)
{
    public static WaitingListed Sample => new(SampleFacts.Session);

    public override SessionStanding Says() => SessionStanding.WaitingList;

    public override Uri? ButtonUrl(SessionMailContext context) => null;

    protected override string SubjectPattern(SessionMailContext context) => MailText.WaitingSubject;

    public override string Heading(SessionMailContext context) => MailText.WaitingHeading;

    public override string Lead(SessionMailContext context) => MailText.WaitingLead;

    public override string? Note(SessionMailContext context) => null;
}
