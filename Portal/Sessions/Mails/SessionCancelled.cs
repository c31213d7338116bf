using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To everyone in a session, when it is cancelled.</summary>
/// <param name="CancelledBy">The name of who did it; null when it was the reader.</param>
/// <param name="Starts">All that were cancelled with it, when they were several of a series.</param>
public sealed record SessionCancelled(
    SessionFacts Session, string? CancelledBy, string? Reason, IReadOnlyList<DateTimeOffset>? Starts = null) : SessionMail(Session)
{
    public static SessionCancelled Sample => new(SampleFacts.Session, SampleFacts.Mentor, "I am ill; \"sorry\" <again>");

    // A mentor has nobody to book; everybody else is shown where the next time is found.
    public override Uri? ButtonUrl(SessionMailContext context) => Session.ReaderRole == ParticipantRole.Mentee ? context.MentorsUrl : null;

    public override CalendarPart Calendar() => Starts is null ? CalendarPart.Withdraw : CalendarPart.WithdrawAll;

    protected override string SubjectPattern(SessionMailContext context) => MailText.CancelledSubject;

    public override string Heading(SessionMailContext context) => MailText.CancelledHeading;

    public override string Lead(SessionMailContext context) =>
        CancelledBy is null ? MailText.CancelledByYou : MailText.CancelledBy.With(Names.One(CancelledBy));

    public override (string Pattern, string Words)? Quote(SessionMailContext context) => (MailText.CancelReason, Reason ?? "");

    protected override IReadOnlyList<DateTimeOffset> Listed() => Starts ?? [];

    public override string ButtonText(SessionMailContext context) => MailText.BookAgainButton;

    public override string Note(SessionMailContext context) => MailText.OldLinkDead;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => JustPage(context);

    public override SessionStanding Says() => SessionStanding.Cancelled;
}
