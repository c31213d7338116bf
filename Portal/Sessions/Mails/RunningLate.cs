using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To the other side: somebody has said to come later.</summary>
public sealed record RunningLate(SessionFacts Session, string Name, DateTimeOffset ExpectedUtc) : SessionMail(Session)
{
    public static RunningLate Sample => new(SampleFacts.Session, SampleFacts.Mentor, SampleFacts.Session.StartUtc.AddMinutes(10));

    protected override string SubjectPattern(SessionMailContext context) => MailText.LateSubject;

    public override string Heading(SessionMailContext context) => MailText.LateHeading.With(Names.One(Name));

    public override string Lead(SessionMailContext context) =>
        MailText.LateLead.With(Clock(ExpectedUtc, context), Spans.Of(ExpectedUtc - Session.StartUtc));
}
