using Localization;
using Portal.Mail.Rendering;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Mails;

/// <summary>A day or less before the session something would keep people from meeting: to the mentor, and later to the administrators.</summary>
public sealed record PreflightFailed(SessionFacts Session, TroubleKind Trouble) : SessionMail(Session)
{
    public static PreflightFailed Sample => new(SampleFacts.ForMentor, TroubleKind.ServerUnreachable);

    public override MailLink Link() => MailLink.Session;

    protected override string SubjectPattern(MailContext context) => MailText.PreflightSubject;

    public override string Heading(MailContext context) => MailText.PreflightHeading;

    public override string Lead(MailContext context) => Trouble switch
    {
        TroubleKind.LinkMissing => MailText.PreflightLinkMissing,
        TroubleKind.ProviderNotReady => MailText.PreflightProviderNotReady,
        TroubleKind.ServerUnreachable => MailText.PreflightServerUnreachable,
        _ => MailText.PreflightMeetingMissing,
    };

    public override string ButtonText(MailContext context) => MailText.PreflightButton;

    public override string Note(MailContext context) => MailText.PreflightNote;

    public override string? MoreText(MailContext context) => null;
}
