using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>It is over: how was it?</summary>
public sealed record SessionCompleted(SessionFacts Session) : SessionMail(Session)
{
    public static SessionCompleted Sample => new(SampleFacts.Session);

    public override MailLink Link() => MailLink.Feedback;

    protected override string SubjectPattern(MailContext context) => MailText.CompletedSubject;

    public override string Heading(MailContext context) => MailText.CompletedHeading.With(PlainText.Isolate(Session.With));

    public override string? Lead(MailContext context) => MailText.CompletedLead;

    public override string ButtonText(MailContext context) => MailText.CompletedButton;

    public override string? Note(MailContext context) => null;

    public override string? MoreText(MailContext context) => null;

    protected override SessionStanding Standing(MailContext context) => SessionStanding.Over;
}
