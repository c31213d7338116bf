using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To one person whose join link was taken away.</summary>
public sealed record LinkWithdrawn(SessionFacts Session) : SessionMail(Session)
{
    public static LinkWithdrawn Sample => new(SampleFacts.Session);

    public override SessionStanding Says() => SessionStanding.Withdrawn;

    /// <summary>It waits a little after an invitation; meanwhile the link may have been given back.</summary>
    protected override bool IsStillTrue(SessionMailContext context) =>
        context.Standing is SessionStanding.Withdrawn or SessionStanding.Left or SessionStanding.Cancelled or SessionStanding.Declined
            or SessionStanding.Expired or SessionStanding.Missed;

    public override Uri? ButtonUrl(SessionMailContext context) => null;

    public override CalendarPart Calendar() => CalendarPart.Withdraw;

    protected override string SubjectPattern(SessionMailContext context) => MailText.WithdrawnSubject;

    public override string Heading(SessionMailContext context) => MailText.WithdrawnHeading;

    public override string Lead(SessionMailContext context) => MailText.WithdrawnLead;

    public override string? Note(SessionMailContext context) =>
        context.Support is { } support ? MailText.WithdrawnNext.With(SessionTime.Isolated(support)) : null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
