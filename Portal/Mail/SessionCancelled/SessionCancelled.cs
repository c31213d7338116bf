using Localization;

namespace Portal.Mail;

/// <summary>To everyone in a session, when it is cancelled.</summary>
/// <param name="CancelledBy">The name of who did it; null when it was the reader.</param>
public sealed record SessionCancelled(SessionFacts Session, string? CancelledBy, string? Reason) : MailModel
{
    // A mentor has nobody to book; everybody else is shown where the next time is found.
    public override MailLink Link() => Session.ReaderRole == Providers.ParticipantRole.Mentee ? MailLink.Mentors : MailLink.None;

    public override Type Html() => typeof(SessionCancelledHtml);

    public override string Subject(MailContext context) => MailText.CancelledSubject.With(
        Session.With, SessionTime.Day(Session.StartUtc, context.TimeZone, context.Language), SessionTime.Clock(Session.StartUtc, context.TimeZone));

    public string Who() => CancelledBy is null ? MailText.CancelledByYou : MailText.CancelledBy.With(PlainText.Isolate(CancelledBy));

    public override string Text(MailContext context)
    {
        var text = new PlainText(context).Hello().Paragraph(MailText.CancelledHeading).Paragraph(Who());
        if (Reason is { Length: > 0 })
            text.Paragraph(MailText.CancelReason.With(PlainText.Isolate(Reason)));
        return text.Card(new(Session, context, cancelled: true))
            .Link(MailText.BookAgainButton, context.ActionUrl)
            .Paragraph(MailText.OldLinkDead)
            .Link(MailText.SeeSession, context.SessionUrl)
            .End(MailText.WhySession.With(context.ProductName));
    }
}
