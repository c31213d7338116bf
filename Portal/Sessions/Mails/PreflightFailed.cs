using Localization;
using Portal.Mail.Rendering;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Mails;

/// <summary>
/// A day or less before the session something would keep people from meeting: to the mentor, and later to the administrators.
/// </summary>
public sealed record PreflightFailed(SessionFacts Session, TroubleKind Trouble) : SessionMail(Session)
{
    public static PreflightFailed Sample => new(SampleFacts.ForMentor, TroubleKind.ServerUnreachable);

    public override Uri? ButtonUrl(SessionMailContext context) => context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) => MailText.PreflightSubject;

    public override string Heading(SessionMailContext context) => MailText.PreflightHeading;

    public override string Lead(SessionMailContext context) => Sentence(Trouble);

    internal static string Sentence(TroubleKind trouble) => trouble switch
    {
        TroubleKind.LinkMissing => MailText.PreflightLinkMissing,
        TroubleKind.PlaceMissing => MailText.PreflightPlaceMissing,
        TroubleKind.ProviderNotReady => MailText.PreflightProviderNotReady,
        TroubleKind.ServerUnreachable => MailText.PreflightServerUnreachable,
        _ => MailText.PreflightMeetingMissing,
    };

    public override string ButtonText(SessionMailContext context) =>
        Trouble == TroubleKind.LinkMissing ? MailText.LinkMissingButton : MailText.PreflightButton;

    public override string Note(SessionMailContext context) => MailText.PreflightNote;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
