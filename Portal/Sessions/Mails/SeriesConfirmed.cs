using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>Several sessions that were booked together; the card shows the first.</summary>
public sealed record SeriesConfirmed(SessionFacts Session, IReadOnlyList<DateTimeOffset> Starts) : SessionMail(Session)
{
    public static SeriesConfirmed Sample => new(
        SampleFacts.Session, [.. Enumerable.Range(0, 3).Select(i => SampleFacts.Session.StartUtc.AddDays(7 * i))]);

    public override CalendarPart Calendar() => CalendarPart.InviteAll;

    protected override string SubjectPattern(MailContext context) => MailText.SeriesSubject;

    public override string Heading(MailContext context) => MailText.SeriesHeading;

    public override string Lead(MailContext context) => MailText.SeriesLead;

    public override IEnumerable<string> Lines(MailContext context) => Starts.Select(start => Moment(start, context));

    public override string ButtonText(MailContext context) => MailText.SeriesButton;
}
