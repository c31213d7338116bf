using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>To the mentor, shortly before a session at an address of their own that nobody has entered.</summary>
/// <param name="OfPlace">It is a phone number or a place that is missing.</param>
public sealed record LinkMissing(SessionFacts Session, bool OfPlace = false) : SessionMail(Session)
{
    public static LinkMissing Sample => new(SampleFacts.ForMentor);

    public override Uri? ButtonUrl(SessionMailContext context) => context.SessionUrl;

    protected override string SubjectPattern(SessionMailContext context) =>
        OfPlace ? MailText.PlaceMissingSubject : MailText.LinkMissingSubject;

    public override string Heading(SessionMailContext context) =>
        OfPlace ? MailText.PlaceMissingHeading : MailText.LinkMissingHeading;

    public override string Lead(SessionMailContext context) =>
        OfPlace ? MailText.PlaceMissingLead : MailText.LinkMissingLead;

    public override string ButtonText(SessionMailContext context) => MailText.LinkMissingButton;

    public override string? Note(SessionMailContext context) => null;

    public override IEnumerable<MailLink> Links(SessionMailContext context) => [];
}
