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

    protected override DateTimeOffset SubjectStart => ProposedStartUtc;

    public override string Heading(SessionMailContext context) => MailText.ProposedHeading.With(Names.One(ProposedBy));

    public override string Lead(SessionMailContext context)
    {
        var lead = MailText.ProposedLead.With(
            SessionTime.Day(ProposedStartUtc, context.TimeZone, context.Language),
            PlainText.Isolate(SessionTime.Range(ProposedStartUtc, Session.LengthMinutes, context.TimeZone, context.Language)),
            ZoneNames.In(context.TimeZone, context.Language));
        var theirs = SessionCardFacts.OtherSideOf(Session with { StartUtc = ProposedStartUtc }, context);
        return theirs is null ? lead : $"{lead} {theirs}.";
    }

    protected override IReadOnlyList<DateTimeOffset> Listed() => Starts ?? [];

    public override string ButtonText(SessionMailContext context) => MailText.RequestAnswerButton;

    public override string Note(SessionMailContext context) => MailText.ProposedNote;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
