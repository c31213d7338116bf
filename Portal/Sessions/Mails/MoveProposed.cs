using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>Somebody would like another time, and the reader decides.</summary>
public sealed record MoveProposed(SessionFacts Session, DateTimeOffset ProposedStartUtc, string ProposedBy) : SessionMail(Session)
{
    public static MoveProposed Sample => new(SampleFacts.Session, SampleFacts.Session.StartUtc.AddDays(1), SampleFacts.Mentor);

    public override MailLink Link() => MailLink.Session;

    protected override string SubjectPattern(MailContext context) => MailText.ProposedSubject;

    public override string Heading(MailContext context) => MailText.ProposedHeading.With(PlainText.Isolate(ProposedBy));

    public override string Lead(MailContext context) => MailText.ProposedLead.With(Moment(ProposedStartUtc, context));

    public override string ButtonText(MailContext context) => MailText.RequestAnswerButton;

    public override string Note(MailContext context) => MailText.ProposedNote;

    public override string? MoreText(MailContext context) => null;
}
