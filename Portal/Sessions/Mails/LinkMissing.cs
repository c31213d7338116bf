using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To the mentor, shortly before a session at an address of their own that nobody has entered.</summary>
public sealed record LinkMissing(SessionFacts Session) : SessionMail(Session)
{
    public static LinkMissing Sample => new(SampleFacts.ForMentor);

    public override Uri? ButtonUrl(SessionMailContext context) => context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) => MailText.LinkMissingSubject;

    public override string Heading(SessionMailContext context) => MailText.LinkMissingHeading;

    public override string Lead(SessionMailContext context) => MailText.LinkMissingLead;

    public override string ButtonText(SessionMailContext context) => MailText.LinkMissingButton;

    public override string? Note(SessionMailContext context) => null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
