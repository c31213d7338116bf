using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>Somebody would like another time, and the reader decides.</summary>
/// <param name="Starts">All new times, when several of a series are to move.</param>
public sealed record MoveProposed(
    SessionFacts Session, DateTimeOffset ProposedStartUtc, string ProposedBy, IReadOnlyList<DateTimeOffset>? Starts = null)
    : SessionMail(Session)
{
    public static MoveProposed Sample => new(SampleFacts.Session, SampleFacts.Session.StartUtc.AddDays(1), SampleFacts.Mentor);

    public override Uri? ButtonUrl(SessionMailContext context) => context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) => MailText.ProposedSubject;

    public override string Heading(SessionMailContext context) => MailText.ProposedHeading.With(PlainText.Isolate(ProposedBy));

    public override string Lead(SessionMailContext context) => MailText.ProposedLead.With(Moment(ProposedStartUtc, context));

    public override IEnumerable<string> Lines(SessionMailContext context) => (Starts ?? []).Select(start => Moment(start, context));

    public override string ButtonText(SessionMailContext context) => MailText.RequestAnswerButton;

    public override string Note(SessionMailContext context) => MailText.ProposedNote;

    public override string? MoreText(SessionMailContext context) => null;
}
