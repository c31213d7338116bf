using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To who proposed another time: the session keeps the one it has.</summary>
public sealed record MoveDeclined(SessionFacts Session, DateTimeOffset ProposedStartUtc) : SessionMail(Session)
{
    public static MoveDeclined Sample => new(SampleFacts.Session, SampleFacts.Session.StartUtc.AddDays(1));

    protected override string SubjectPattern(MailContext context) => MailText.MoveDeclinedSubject;

    public override string Heading(MailContext context) => MailText.MoveDeclinedHeading;

    public override string Lead(MailContext context) => MailText.MoveDeclinedLead.With(Moment(ProposedStartUtc, context));
}
