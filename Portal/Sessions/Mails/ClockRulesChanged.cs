using Localization;

namespace Portal.Sessions.Mails;

/// <summary>A country changed its clock: the session keeps the wall clock of its own zone, and so moves for everybody else.</summary>
/// <param name="Zone">The session's own.</param>
/// <param name="Collides">It could not be kept, since somebody is elsewhere then: the session stays at its old moment.</param>
public sealed record ClockRulesChanged(SessionFacts Session, DateTimeOffset OldStartUtc, string Zone, bool Collides) : SessionMail(Session)
{
    public static ClockRulesChanged Sample =>
        new(SampleFacts.Session, SampleFacts.Session.StartUtc.AddHours(1), SampleFacts.MentorZone, Collides: false);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) => MailText.ClockSubject;

    public override string Heading(SessionMailContext context) => MailText.ClockHeading;

    public override string Lead(SessionMailContext context) => Collides ? MailText.ClockCollides.With(ZoneNames.In(Zone, context.Language))
        : MailText.ClockKept.With(ZoneNames.In(Zone, context.Language)) + " "
            // Where the rules changed, people read the same clock as before; the old moment would read wrong by the new rules.
            + (context.TimeZone == Zone ? MailText.ClockSame : MailText.ClockMoved.With(
                Moment(OldStartUtc, context), Moment(Session.StartUtc, context)));

    public override string? Note(SessionMailContext context) => context.JoinUrl is null ? null : MailText.LinkStays;
}
