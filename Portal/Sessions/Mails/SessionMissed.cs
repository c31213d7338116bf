using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>Somebody did not come. To the one who is said so, without reproach, and to the one who waited.</summary>
/// <param name="Name">Who waited, for the one who did not come; else who did not come.</param>
/// <param name="Whole">The session did not take place; else a group went on without one of its mentees.</param>
public sealed record SessionMissed(SessionFacts Session, bool ReaderMissed, string Name, bool Whole) : SessionMail(Session)
{
    public static SessionMissed Sample => new(SampleFacts.Session, ReaderMissed: true, SampleFacts.Mentor, Whole: true);

    private bool ReaderBooks => Session.ReaderRole == ParticipantRole.Mentee;

    /// <summary>Mentors see their own free times there, to pass on; a group that went on needs no other time.</summary>
    public override Uri? ButtonUrl(SessionMailContext context) => ReaderBooks || Whole ? context.RebookUrl : context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) =>
        ReaderMissed ? MailText.MissedYouSubject : MailText.MissedSubject;

    public override string Heading(SessionMailContext context) =>
        (ReaderMissed ? MailText.MissedYouHeading : MailText.MissedHeading).With(PlainText.Isolate(Name));

    public override string Lead(SessionMailContext context) => (ReaderMissed, ReaderBooks, Whole) switch
    {
        (true, true, _) => MailText.MissedYouLead,
        (true, false, _) => MailText.MissedYouMentorLead,
        (false, true, _) => MailText.MissedMenteeLead,
        (false, false, true) => MailText.MissedMentorLead,
        _ => MailText.MissedGroupLead,
    };

    public override string ButtonText(SessionMailContext context) =>
        ReaderBooks ? MailText.BookAgainButton : Whole ? MailText.MissedFreeTimes : MailText.SeeSession;

    public override string? Note(SessionMailContext context) => ReaderMissed ? MailText.MissedWrong : null;

    protected override SessionStanding Standing(SessionMailContext context) =>
        Whole || ReaderMissed ? SessionStanding.Missed : context.Standing;

    public override string? MoreText(SessionMailContext context) => ReaderBooks || Whole ? MailText.SeeSession : null;
}
