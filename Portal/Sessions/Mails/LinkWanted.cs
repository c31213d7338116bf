using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To the mentor: the room does not open for somebody, who asks for another link.</summary>
/// <param name="By">Who asks; may be empty.</param>
public sealed record LinkWanted(SessionFacts Session, string By) : SessionMail(Session)
{
    public static LinkWanted Sample => new(SampleFacts.ForMentor, SampleFacts.Mentee);

    public override Uri? ButtonUrl(SessionMailContext context) => context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) => MailText.LinkWantedSubject;

    public override string Heading(SessionMailContext context) => MailText.LinkWantedHeading;

    public override string Lead(SessionMailContext context) => MailText.LinkWantedLead.With(Names.One(By));

    public override string ButtonText(SessionMailContext context) => MailText.LinkMissingButton;

    public override string? Note(SessionMailContext context) => null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
