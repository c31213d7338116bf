using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To the mentor, shortly before a session at an address of their own that nobody has entered.</summary>
public sealed record LinkMissing(SessionFacts Session) : SessionMail(Session)
{
    public static LinkMissing Sample => new(SampleFacts.ForMentor);

    public override MailLink Link() => MailLink.Session;

    protected override string SubjectPattern(MailContext context) => MailText.LinkMissingSubject;

    public override string Heading(MailContext context) => MailText.LinkMissingHeading;

    public override string Lead(MailContext context) => MailText.LinkMissingLead;

    public override string ButtonText(MailContext context) => MailText.LinkMissingButton;

    public override string? Note(MailContext context) => null;

    public override string? MoreText(MailContext context) => null;
}
