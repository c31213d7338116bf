using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>Somebody did not come. To the one who is said so, without reproach, and to the one who waited.</summary>
/// <param name="People">Who waited, for the one who did not come; else who did not come.</param>
/// <param name="RecordedBy">Where it was neither of the two sides.</param>
/// <param name="Whole">The session did not take place; else a group went on without one of its mentees.</param>
public sealed record SessionMissed(
    SessionFacts Session, bool ReaderMissed, IReadOnlyList<string> People, bool Whole, string? RecordedBy = null) : SessionMail(Session)
{
    public static SessionMissed Sample => new(SampleFacts.Session, ReaderMissed: true, [SampleFacts.Mentor], Whole: true);

    private bool ReaderBooks => Session.ReaderRole == ParticipantRole.Mentee;

    /// <summary>Mentors see their own free times there, to pass on; a group that went on needs no other time.</summary>
    public override Uri? ButtonUrl(SessionMailContext context) => ReaderBooks || Whole ? context.RebookUrl : context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) =>
        ReaderMissed ? MailText.MissedYouSubject : MailText.MissedSubject;

    public override string Heading(SessionMailContext context) =>
        (ReaderMissed ? MailText.MissedYouHeading : MailText.MissedHeading).With(Names.Several(People));

    public override string Lead(SessionMailContext context) =>
        RecordedBy is null ? Happened() : $"{Happened()} {MailText.MissedRecordedBy.With(Names.One(RecordedBy))}";

    private string Happened() => (ReaderMissed, ReaderBooks, Whole) switch
    {
        (true, true, _) => MailText.MissedYouLead,
        (true, false, _) => MailText.MissedYouMentorLead,
        (false, true, _) => MailText.MissedMenteeLead,
        (false, false, true) => MailText.MissedMentorLead,
        _ => MailText.MissedGroupLead,
    };

    public override string ButtonText(SessionMailContext context) =>
        ReaderBooks ? MailText.BookAgainButton : Whole ? MailText.MissedFreeTimes : MailText.SeeSession;

    public override string? Note(SessionMailContext context) =>
        ReaderMissed && context.Support is { } support ? MailText.MissedWrong.With(SessionTime.Isolated(support)) : null;

    public override SessionStanding Says() => Whole ? SessionStanding.Missed : SessionStanding.Open;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => ReaderBooks || Whole ? JustPage(context) : [];
}
