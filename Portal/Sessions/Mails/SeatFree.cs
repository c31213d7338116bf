using Localization;

namespace Portal.Sessions.Mails;

/// <summary>From the waiting list into the group: here is your link.</summary>
public sealed record SeatFree(SessionFacts Session) : SessionMail(Session)
{
    public static SeatFree Sample => new(SampleFacts.Session);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) => MailText.SeatFreeSubject;

    public override string Heading(SessionMailContext context) => MailText.SeatFreeHeading;
}
