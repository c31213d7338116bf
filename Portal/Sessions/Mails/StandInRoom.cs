using Localization;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Mails;

/// <summary>The mentor's tool failed when people came: to everybody in the session, and to the administrators.</summary>
/// <param name="Tool">Its name in the reader's language.</param>
/// <param name="Reason">For those who can mend it; null for the others.</param>
public sealed record StandInRoom(SessionFacts Session, string Tool, TroubleKind? Reason) : SessionMail(Session)
{
    public static StandInRoom Sample => new(SampleFacts.ForMentor, "Zoom", TroubleKind.ServerUnreachable);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) => MailText.RoomChangedSubject;

    public override string Heading(SessionMailContext context) => MailText.StandInHeading;

    public override string Lead(SessionMailContext context) => MailText.StandInLead.With(Names.One(Tool));

    public override string? Note(SessionMailContext context) => Reason is not { } reason ? MailText.LinkStays
        : MailText.StandInNote.With(PreflightFailed.Sentence(reason), Names.One(Tool));
}
