using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To the side that has not come yet, shortly after the start.</summary>
public sealed record SomeoneWaits(SessionFacts Session) : SessionMail(Session)
{
    public static SomeoneWaits Sample => new(SampleFacts.Session);

    protected override string SubjectPattern(SessionMailContext context) => MailText.WaitsSubject;

    public override string Heading(SessionMailContext context) => MailText.WaitsHeading;

    public override string Lead(SessionMailContext context) =>
        MailText.WaitsLead.With(Clock(Session.StartUtc, context));

    public override string? Note(SessionMailContext context) => context.JoinUrl is null ? null : MailText.LinkIsYours;
}
