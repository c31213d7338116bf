using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To somebody who said that something does not work: what an administrator answers.</summary>
public sealed record TroubleAnswered(SessionFacts Session, string Answer) : SessionMail(Session)
{
    public static TroubleAnswered Sample => new(SampleFacts.Session, "The browser had no access to the microphone: \"allow it\" <and> load the page again.");

    public override Uri? ButtonUrl(SessionMailContext context) => context.SessionUrl ?? context.JoinUrl;

    protected override string SubjectPattern(SessionMailContext context) => MailText.TroubleAnsweredSubject;

    public override string Heading(SessionMailContext context) => MailText.TroubleAnsweredHeading;

    public override string Lead(SessionMailContext context) => MailText.TroubleAnsweredLead;

    public override (string Pattern, string Words)? Quote(SessionMailContext context) => (MailText.TroubleAnsweredQuote, Answer);

    public override string ButtonText(SessionMailContext context) =>
        context.SessionUrl is null ? base.ButtonText(context) : MailText.SeeSession;

    public override string? Note(SessionMailContext context) => null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
