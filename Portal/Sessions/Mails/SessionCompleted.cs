using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>It is over: how was it?</summary>
public sealed record SessionCompleted(SessionFacts Session) : SessionMail(Session)
{
    public static SessionCompleted Sample => new(SampleFacts.Session);

    public override Uri? ButtonUrl(SessionMailContext context) => context.FeedbackUrl;

    protected override string SubjectPattern(SessionMailContext context) => MailText.CompletedSubject;

    public override string Heading(SessionMailContext context) => MailText.CompletedHeading.With(Names.Several(Session.With));

    public override string? Lead(SessionMailContext context) => MailText.CompletedLead;

    public override string ButtonText(SessionMailContext context) => MailText.CompletedButton;

    public override string? Note(SessionMailContext context) => null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) =>
        JustPage(context).Select(page => new MailLink(MailText.CompletedNotes, new Uri(page.Url, "#notes")));

    public override SessionStanding Says() => SessionStanding.Over;
}
