using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To who proposed another time: the session keeps the one it has.</summary>
public sealed record MoveDeclined(SessionFacts Session, DateTimeOffset ProposedStartUtc) : SessionMail(Session)
{
    public static MoveDeclined Sample => new(SampleFacts.Session, SampleFacts.Session.StartUtc.AddDays(1));

    protected override string SubjectPattern(SessionMailContext context) => MailText.MoveDeclinedSubject;

    public override string Heading(SessionMailContext context) => MailText.MoveDeclinedHeading;

    public override string Lead(SessionMailContext context) => MailText.MoveDeclinedLead.With(Moment(ProposedStartUtc, context));
}
