using Localization;

namespace Portal.Sessions.Mails;

/// <summary>The session takes place elsewhere; the reader's own link stays what it was.</summary>
/// <param name="ChangedBy">The name of who did it; null when it was the reader.</param>
/// <param name="External">At an address of the mentor's; else in the portal's own room again.</param>
/// <param name="HasNewAddress">The mentor's tool is what it was, and the mentor's own address or place another.</param>
public sealed record RoomChanged(SessionFacts Session, string? ChangedBy, bool External, bool HasNewAddress = false) : SessionMail(Session)
{
    public static RoomChanged Sample => new(SampleFacts.Session, SampleFacts.Mentor, External: true);

    public override CalendarPart Calendar() => CalendarPart.Invite;

    protected override string SubjectPattern(SessionMailContext context) =>
        context.IsElsewhere ? MailText.PlaceChangedSubject : MailText.RoomChangedSubject;

    public override string Heading(SessionMailContext context) =>
        context.IsElsewhere ? MailText.PlaceChangedHeading : MailText.RoomChangedHeading;

    public override string Lead(SessionMailContext context) => HasNewAddress || context.IsElsewhere
        ? ChangedBy is null ? MailText.PlaceChangedByYou : MailText.PlaceChangedBy.With(Names.One(ChangedBy))
        : ChangedBy is null
        ? External ? MailText.RoomChangedExternalByYou : MailText.RoomChangedBackByYou
        : (External ? MailText.RoomChangedExternal : MailText.RoomChangedBack).With(Names.One(ChangedBy));

    public override string? Note(SessionMailContext context) =>
        context.JoinUrl is null ? null : WithPlace(context, MailText.LinkStays);
}
