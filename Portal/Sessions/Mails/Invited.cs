using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To a guest or an observer whom somebody has asked to a session.</summary>
public sealed record Invited(SessionFacts Session, string InvitedBy, bool Observer) : SessionMail(Session)
{
    public static Invited Sample => new(SampleFacts.Session, SampleFacts.Mentor, Observer: true);

    protected override bool IsStillTrue(SessionMailContext context) =>
        context.Standing is not (SessionStanding.Withdrawn or SessionStanding.Left);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) => MailText.InvitedSubject;

    public override string Heading(SessionMailContext context) =>
        (Observer ? MailText.InvitedObserverHeading : MailText.InvitedHeading).With(Names.One(InvitedBy));

    public override string? Lead(SessionMailContext context) => Observer ? MailText.InvitedObserverLead : null;

    public override string? Note(SessionMailContext context) => base.Note(context) is { } note ? $"{note} {MailText.InvitedNoAnswer}" : null;
}
