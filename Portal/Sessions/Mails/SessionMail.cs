using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>A mail about one session: a heading, a sentence or two, the session as a card, and one link. Each kind says its own words.</summary>
public abstract record SessionMail(SessionFacts Session) : MailModel
{
    public override MailLink Link() => MailLink.Join;

    public sealed override Type Html() => typeof(SessionMailHtml);

    public sealed override string Subject(MailContext context) => SubjectPattern(context).With(
        Session.With, SessionTime.Day(Session.StartUtc, context.TimeZone, context.Language), SessionTime.Clock(Session.StartUtc, context.TimeZone));

    /// <summary>{0} the other side, {1} the day, {2} the time.</summary>
    protected abstract string SubjectPattern(MailContext context);

    public abstract string Heading(MailContext context);

    public virtual string? Lead(MailContext context) => null;

    /// <summary>What a person wrote, with a pattern that says so; null when nobody wrote anything.</summary>
    public virtual (string Pattern, string Words)? Quote(MailContext context) => null;

    /// <summary>Lines of a list under the card.</summary>
    public virtual IEnumerable<string> Lines(MailContext context) => [];

    public virtual string ButtonText(MailContext context) => MailText.JoinButton;

    public virtual string? Note(MailContext context) => context.JoinUrl is null ? null : MailText.LinkIsYours;

    public virtual string? MoreText(MailContext context) => MailText.ChangeOrCancel;

    public Uri? ButtonUrl(MailContext context) => Link() == MailLink.Join ? context.JoinUrl : context.ActionUrl;

    /// <summary>As the session stands now, unless the mail knows better.</summary>
    protected virtual SessionStanding Standing(MailContext context) => context.Standing;

    public SessionCardFacts Card(MailContext context) => new(Session, context with { Standing = Standing(context) });

    public sealed override string Text(MailContext context)
    {
        var text = new PlainText(context).Hello().Paragraph(Heading(context));
        if (Lead(context) is { } lead)
            text.Paragraph(lead);
        if (Quote(context) is { Words.Length: > 0 } quote)
            text.Paragraph(quote.Pattern.With(PlainText.Isolate(quote.Words)));
        text.Card(Card(context)).List(Lines(context)).Link(ButtonText(context), ButtonUrl(context));
        if (Note(context) is { } note)
            text.Paragraph(note);
        return text.Link(MoreText(context) ?? "", MoreText(context) is null ? null : context.SessionUrl)
            .Link(MailText.RemindersOff, context.UnsubscribeUrl)
            .End(Why(context));
    }

    public static string Why(MailContext context) => (context.IsForAdmin ? MailText.WhyAdmin : MailText.WhySession).With(context.ProductName);

    /// <summary>A moment in the reader's zone and words.</summary>
    protected static string Moment(DateTimeOffset utc, MailContext context) =>
        $"{SessionTime.Day(utc, context.TimeZone, context.Language)}{MailText.Comma}{SessionTime.Isolated(SessionTime.Clock(utc, context.TimeZone))}";
}
