using Localization;

namespace Portal.Mail;

/// <summary>To the others in a session that goes on for longer.</summary>
public sealed record SessionExtended(SessionFacts Session, int Minutes, string ExtendedBy) : SessionMail(Session)
{
    public static SessionExtended Sample => new(SampleFacts.Session with { LengthMinutes = 75 }, 15, SampleFacts.Mentor);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(MailContext context) => MailText.ExtendedSubject;

    public override string Heading(MailContext context) => MailText.ExtendedHeading.With(Plural.Of("Minutes", Minutes));

    public override string Lead(MailContext context) => MailText.ExtendedLead.With(
        PlainText.Isolate(ExtendedBy), SessionTime.Isolated(SessionTime.Clock(Session.StartUtc.AddMinutes(Session.LengthMinutes), context.TimeZone)));

    public override string? Note(MailContext context) => context.JoinUrl is null ? null : MailText.LinkStays;
}
