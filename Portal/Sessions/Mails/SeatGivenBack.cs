using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To who left a group: the seat is free for somebody else, and the link no longer works.</summary>
public sealed record SeatGivenBack(SessionFacts Session) : SessionMail(Session)
{
    public static SeatGivenBack Sample => new(SampleFacts.Session);

    public override Uri? ButtonUrl(SessionMailContext context) => context.MentorsUrl;

    public override CalendarPart Calendar() => CalendarPart.Withdraw;

    protected override string SubjectPattern(SessionMailContext context) => MailText.SeatBackSubject;

    public override string Heading(SessionMailContext context) => MailText.SeatBackHeading;

    public override string ButtonText(SessionMailContext context) => MailText.BookAgainButton;

    public override string Note(SessionMailContext context) => MailText.OldLinkDead;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];

    public override SessionStanding Says() => SessionStanding.Left;
}
