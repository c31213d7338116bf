using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>A request came to nothing.</summary>
/// <param name="Lapsed">Nobody answered; else the mentor said no.</param>
public sealed record SessionDeclined(SessionFacts Session, string? Reason, bool Lapsed) : SessionMail(Session)
{
    public static SessionDeclined Sample => new(SampleFacts.Session, "I travel that week.", Lapsed: false);

    public override Uri? ButtonUrl(SessionMailContext context) => Session.ReaderRole == ParticipantRole.Mentee ? context.MentorsUrl : null;

    protected override string SubjectPattern(SessionMailContext context) => Lapsed ? MailText.LapsedSubject : MailText.DeclinedSubject;

    public override string Heading(SessionMailContext context) => Lapsed ? MailText.LapsedHeading : MailText.DeclinedHeading;

    public override (string Pattern, string Words)? Quote(SessionMailContext context) => (MailText.CancelReason, Reason ?? "");

    public override string ButtonText(SessionMailContext context) => MailText.BookAgainButton;

    public override string? Note(SessionMailContext context) => null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => JustPage(context);

    public override SessionStanding Says() => Lapsed ? SessionStanding.Expired : SessionStanding.Declined;
}
