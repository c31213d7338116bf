using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>A session waits for the mentor's yes: the mentor is asked, the mentee is told so.</summary>
/// <param name="AnswerBy">When the request lapses.</param>
public sealed record SessionRequested(SessionFacts Session, string? Words, DateTimeOffset AnswerBy) : SessionMail(Session)
{
    public static SessionRequested Sample => new(SampleFacts.ForMentor, "I bring a draft.", SampleFacts.Session.StartUtc.AddDays(-1));

    private bool ToMentor => Session.ReaderRole == ParticipantRole.Mentor;

    public override SessionStanding Says() => SessionStanding.Requested;

    public override Uri? ButtonUrl(SessionMailContext context) => context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) =>
        ToMentor ? MailText.RequestSubjectMentor : MailText.RequestSubject;

    public override string Heading(SessionMailContext context) =>
        ToMentor ? MailText.RequestHeadingMentor.With(Names.Several(Session.With)) : MailText.RequestHeading;

    public override string Lead(SessionMailContext context) =>
        (ToMentor ? MailText.RequestLeadMentor : MailText.RequestLead).With(
            Moment(AnswerBy, context), ZoneNames.In(context.TimeZone, context.Language));

    public override (string Pattern, string Words)? Quote(SessionMailContext context) => (MailText.RequestWords, Words ?? "");

    public override string ButtonText(SessionMailContext context) => ToMentor ? MailText.RequestAnswerButton : MailText.SeeSession;

    public override string? Note(SessionMailContext context) => null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
