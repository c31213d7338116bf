using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>The session is near. How near is said by the moment at which the mail is made, which may be later than it was due.</summary>
public sealed record SessionReminder(SessionFacts Session) : SessionMail(Session)
{
    public static SessionReminder Sample => new(SampleFacts.Session);

    /// <summary>Not after a cancellation or a move, nor to somebody without a place in it, nor once it has begun.</summary>
    protected override bool IsStillTrue(SessionMailContext context) =>
        context.Standing == SessionStanding.Open && context.StartUtc == Session.StartUtc && context.NowUtc < Session.StartUtc;

    protected override string SubjectPattern(SessionMailContext context) => MailText.ReminderSubject;

    public override string Heading(SessionMailContext context) => MailText.ReminderHeading.With(Left(context));

    public override string? Lead(SessionMailContext context) => context.IsElsewhere ? null : MailText.ReminderLead;

    private string Left(SessionMailContext context) =>
        Spans.Of(TimeSpan.FromMinutes(Math.Max(1, Math.Round((Session.StartUtc - context.NowUtc).TotalMinutes))));

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [.. base.Links(context), .. Help(context)];
}
