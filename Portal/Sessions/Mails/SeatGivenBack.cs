using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To who left a group: the seat is free for somebody else, and the link no longer works.</summary>
public sealed record SeatGivenBack(SessionFacts Session) : SessionMail(Session)
{
    public static SeatGivenBack Sample => new(SampleFacts.Session);

    public override MailLink Link() => MailLink.Mentors;

    public override CalendarPart Calendar() => CalendarPart.Withdraw;

    protected override string SubjectPattern(MailContext context) => MailText.SeatBackSubject;

    public override string Heading(MailContext context) => MailText.SeatBackHeading;

    public override string ButtonText(MailContext context) => MailText.BookAgainButton;

    public override string Note(MailContext context) => MailText.OldLinkDead;

    public override string? MoreText(MailContext context) => null;

    protected override SessionStanding Standing(MailContext context) => SessionStanding.Cancelled;
}
