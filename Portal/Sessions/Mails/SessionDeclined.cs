using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>A request came to nothing.</summary>
/// <param name="Lapsed">Nobody answered; else the mentor said no.</param>
public sealed record SessionDeclined(SessionFacts Session, string? Reason, bool Lapsed) : SessionMail(Session)
{
    public static SessionDeclined Sample => new(SampleFacts.Session, "I travel that week.", Lapsed: false);

    public override MailLink Link() => Session.ReaderRole == ParticipantRole.Mentee ? MailLink.Mentors : MailLink.None;

    protected override string SubjectPattern(MailContext context) => Lapsed ? MailText.LapsedSubject : MailText.DeclinedSubject;

    public override string Heading(MailContext context) => Lapsed ? MailText.LapsedHeading : MailText.DeclinedHeading;

    public override (string Pattern, string Words)? Quote(MailContext context) => (MailText.CancelReason, Reason ?? "");

    public override string ButtonText(MailContext context) => MailText.BookAgainButton;

    public override string? Note(MailContext context) => null;

    public override string MoreText(MailContext context) => MailText.SeeSession;

    protected override SessionStanding Standing(MailContext context) => SessionStanding.Cancelled;
}
