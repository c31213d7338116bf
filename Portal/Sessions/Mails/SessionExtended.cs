using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To everyone in a session that goes on for longer.</summary>
/// <param name="ExtendedBy">The name of who did it; null when it was the reader.</param>
public sealed record SessionExtended(SessionFacts Session, int Minutes, string? ExtendedBy) : SessionMail(Session)
{
    public static SessionExtended Sample => new(SampleFacts.Session with { LengthMinutes = 75 }, 15, SampleFacts.Mentor);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) => MailText.ExtendedSubject;

    public override string Heading(SessionMailContext context) => MailText.ExtendedHeading.With(Spans.Of(TimeSpan.FromMinutes(Minutes)));

    public override string Lead(SessionMailContext context)
    {
        var end = Clock(Session.StartUtc.AddMinutes(Session.LengthMinutes), context);
        return ExtendedBy is null ? MailText.ExtendedByYou.With(end) : MailText.ExtendedLead.With(Names.One(ExtendedBy), end);
    }

    public override string? Note(SessionMailContext context) => context.JoinUrl is null ? null : MailText.LinkStays;
}
