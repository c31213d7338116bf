using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To a guest or an observer whom somebody has asked to a session.</summary>
/// <param name="Until">When the reader's access ends; null for when the session does.</param>
public sealed record Invited(SessionFacts Session, string InvitedBy, bool Observer, DateTimeOffset? Until = null) : SessionMail(Session)
{
    public static Invited Sample => new(SampleFacts.Session, SampleFacts.Mentor, Observer: true);

    protected override bool IsStillTrue(SessionMailContext context) =>
        context.Standing is not (SessionStanding.Withdrawn or SessionStanding.Left);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) => MailText.InvitedSubject;

    public override string Heading(SessionMailContext context) =>
        (Observer ? MailText.InvitedObserverHeading : MailText.InvitedHeading).With(Names.One(InvitedBy));

    public override string? Lead(SessionMailContext context) => (Observer, UntilWhen(context)) switch
    {
        (true, { } until) => $"{MailText.InvitedObserverLead} {until}",
        (true, null) => MailText.InvitedObserverLead,
        (false, var until) => until,
    };

    private string? UntilWhen(SessionMailContext context) => Until is not { } until ? null
        : MailText.InvitedUntil.With(Moment(until, context), ZoneNames.In(context.TimeZone, context.Language));

    public override string? Note(SessionMailContext context) => base.Note(context) is { } note ? $"{note} {MailText.InvitedNoAnswer}" : null;
}
