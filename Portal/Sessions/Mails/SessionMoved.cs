using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To everyone in a session that has a new time.</summary>
/// <param name="MovedBy">The name of who did it; null when it was the reader.</param>
/// <param name="Starts">All new times, when several of a series were moved.</param>
public sealed record SessionMoved(
    SessionFacts Session, DateTimeOffset OldStartUtc, string? MovedBy, IReadOnlyList<DateTimeOffset>? Starts = null) : SessionMail(Session)
{
    public static SessionMoved Sample => new(SampleFacts.Session, SampleFacts.Session.StartUtc.AddDays(-1), SampleFacts.Mentor);

    public override CalendarPart Calendar() => Starts is null ? CalendarPart.Invite : CalendarPart.InviteAll;

    protected override string SubjectPattern(SessionMailContext context) => MailText.MovedSubject;

    public override string Heading(SessionMailContext context) => MailText.MovedHeading;

    public override string Lead(SessionMailContext context) =>
        (MovedBy is null ? MailText.MovedByYou : MailText.MovedBy.With(Names.One(MovedBy)))
        + " " + MailText.MovedFrom.With(Moment(OldStartUtc, context));

    protected override IReadOnlyList<DateTimeOffset> Listed() => Starts ?? [];

    public override string? Note(SessionMailContext context) =>
        context.JoinUrl is null ? null : WithPlace(context, MailText.LinkStays);
}
