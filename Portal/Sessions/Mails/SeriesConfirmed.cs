using Localization;

namespace Portal.Sessions.Mails;

/// <summary>Several sessions that were booked together; the card shows the first.</summary>
public sealed record SeriesConfirmed(SessionFacts Session, IReadOnlyList<DateTimeOffset> Starts) : SessionMail(Session)
{
    public static SeriesConfirmed Sample => new(
        SampleFacts.Session, [.. Enumerable.Range(0, 3).Select(i => SampleFacts.Session.StartUtc.AddDays(7 * i))]);

    public override CalendarPart Calendar() => CalendarPart.InviteAll;

    protected override string SubjectPattern(SessionMailContext context) => MailText.SeriesSubject;

    public override string Heading(SessionMailContext context) => MailText.SeriesHeading;

    public override string? Lead(SessionMailContext context) => context.IsElsewhere ? null : MailText.SeriesLead;

    protected override IReadOnlyList<DateTimeOffset> Listed() => Starts;

    public override string ButtonText(SessionMailContext context) =>
        context.IsElsewhere ? MailText.SeeSession : MailText.SeriesButton;
}
