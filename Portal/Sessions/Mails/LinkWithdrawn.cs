using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To one person whose join link was taken away.</summary>
public sealed record LinkWithdrawn(SessionFacts Session) : SessionMail(Session)
{
    public static LinkWithdrawn Sample => new(SampleFacts.Session);

    public override MailLink Link() => MailLink.None;

    public override CalendarPart Calendar() => CalendarPart.Withdraw;

    protected override string SubjectPattern(MailContext context) => MailText.WithdrawnSubject;

    public override string Heading(MailContext context) => MailText.WithdrawnHeading;

    public override string Lead(MailContext context) => MailText.WithdrawnLead;

    public override string Note(MailContext context) => MailText.WithdrawnNext;

    public override string? MoreText(MailContext context) => null;
}
