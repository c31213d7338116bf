using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>
/// A mail about one session: a heading, a sentence or two, the session as a card, and one link. Each kind says its own words.
/// </summary>
public abstract record SessionMail(SessionFacts Session) : MailModel
{
    public sealed override Type Html() => typeof(SessionMailHtml);

    /// <summary>What it brings for the reader's calendar. One mail of each change brings it, to each person in the session.</summary>
    public virtual CalendarPart Calendar() => CalendarPart.None;

    /// <summary>How the session stands in a sample.</summary>
    public virtual SessionStanding SampleStanding() =>
        Calendar() is CalendarPart.Withdraw or CalendarPart.WithdrawAll ? SessionStanding.Cancelled : SessionStanding.Open;

    public sealed override SampleReader SampleReaderIn(string language) =>
        Session.ReaderRole == ParticipantRole.Mentor ? new(SampleFacts.Mentor, SampleFacts.MentorZone) : base.SampleReaderIn(language);

    public sealed override bool IsStillTrue(MailContext context) => IsStillTrue((SessionMailContext)context);

    protected virtual bool IsStillTrue(SessionMailContext context) => true;

    public sealed override string Subject(MailContext context) => SubjectPattern((SessionMailContext)context).With(
        Session.With, SessionTime.Day(Session.StartUtc, context.TimeZone, context.Language),
        SessionTime.Clock(Session.StartUtc, context.TimeZone));

    /// <summary>{0} the other side, {1} the day, {2} the time.</summary>
    protected abstract string SubjectPattern(SessionMailContext context);

    public abstract string Heading(SessionMailContext context);

    public virtual string? Lead(SessionMailContext context) => null;

    /// <summary>What a person wrote, with a pattern that says so; null when nobody wrote anything.</summary>
    public virtual (string Pattern, string Words)? Quote(SessionMailContext context) => null;

    /// <summary>Lines of a list under the card.</summary>
    public virtual IEnumerable<string> Lines(SessionMailContext context) => [];

    public virtual string ButtonText(SessionMailContext context) => MailText.JoinButton;

    /// <summary>The one link that the mail is about; null for a mail without a button.</summary>
    public virtual Uri? ButtonUrl(SessionMailContext context) => context.JoinUrl;

    public virtual string? Note(SessionMailContext context) => context.JoinUrl is null ? null : MailText.LinkIsYours;

    public virtual string? MoreText(SessionMailContext context) => MailText.ChangeOrCancel;

    /// <summary>The session's page, besides the button. Somebody whose link was withdrawn cannot open it.</summary>
    public Uri? MoreUrl(SessionMailContext context) =>
        MoreText(context) is null || context.Standing == SessionStanding.Withdrawn ? null : context.SessionUrl;

    /// <summary>As the session stands now, unless the mail knows better.</summary>
    protected virtual SessionStanding Standing(SessionMailContext context) => context.Standing;

    public SessionCardFacts Card(SessionMailContext context) => new(Session, context with { Standing = Standing(context) });

    public sealed override string Text(MailContext context) => Text((SessionMailContext)context);

    private string Text(SessionMailContext context)
    {
        var text = new PlainText(context).Hello().Paragraph(Heading(context));
        if (Lead(context) is { } lead)
            text.Paragraph(lead);
        if (Quote(context) is { Words.Length: > 0 } quote)
            text.Paragraph(quote.Pattern.With(PlainText.Isolate(quote.Words)));
        text.Paragraph(Card(context).Text()).List(Lines(context)).Link(ButtonText(context), ButtonUrl(context));
        if (Note(context) is { } note)
            text.Paragraph(note);
        return text.Link(MoreText(context) ?? "", MoreUrl(context)).Link(MailText.RemindersOff, context.UnsubscribeUrl).End(Why(context));
    }

    public static string Why(SessionMailContext context) =>
        (context.IsForAdmin ? MailText.WhyAdmin : MailText.WhySession).With(context.ProductName);

    /// <summary>A moment in the reader's zone and words.</summary>
    protected static string Moment(DateTimeOffset utc, SessionMailContext context) =>
        $"{SessionTime.Day(utc, context.TimeZone, context.Language)}{MailText.Comma}{SessionTime.Isolated(SessionTime.Clock(utc, context.TimeZone))}";
}
