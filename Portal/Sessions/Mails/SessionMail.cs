using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>
/// A mail about one session: a heading, a sentence or two, the session as a card, and one button. Each kind says its own words.
/// </summary>
public abstract record SessionMail(SessionFacts Session) : MailModel
{
    public sealed override Type Html() => typeof(SessionMailHtml);

    /// <summary>What it brings for the reader's calendar. One mail of each change brings it, to each person in the session.</summary>
    public virtual CalendarPart Calendar() => CalendarPart.None;

    /// <summary>How the session stands by the mail's own words. The card tells it only where it stands otherwise by now.</summary>
    public virtual SessionStanding Says() => SessionStanding.Open;

    public sealed override SampleReader SampleReaderIn(string language) =>
        Session.ReaderRole == ParticipantRole.Mentor ? SampleFacts.MentorIn(language) : base.SampleReaderIn(language);

    public sealed override bool IsStillTrue(MailContext context) => IsStillTrue((SessionMailContext)context);

    protected virtual bool IsStillTrue(SessionMailContext context) => true;

    /// <summary>
    /// The day comes early: a phone shows some 35 characters. A name never begins it: its direction would be taken for the whole line's.
    /// </summary>
    public sealed override string Subject(MailContext context) => SubjectPattern((SessionMailContext)context).With(About(context));

    /// <summary>{0} the day and the time, and with whom.</summary>
    protected abstract string SubjectPattern(SessionMailContext context);

    protected virtual DateTimeOffset SubjectStart => Session.StartUtc;

    /// <summary>Where there is nobody to name, the topic stands instead.</summary>
    protected virtual IReadOnlyList<string> SubjectNames => Session.With;

    public abstract string Heading(SessionMailContext context);

    public virtual string? Lead(SessionMailContext context) => null;

    /// <summary>With whose session it is, for a guardian.</summary>
    public string? WholeLead(SessionMailContext context) => Session.Ward is not { } ward ? Lead(context)
        : $"{MailText.ForWard.With(Names.One(ward.Name))} {Lead(context)}".TrimEnd();

    /// <summary>What a person wrote, with a pattern that says so; null when nobody wrote anything.</summary>
    public virtual (string Pattern, string Words)? Quote(SessionMailContext context) => null;

    /// <summary>Sessions of a series, in a list under the card.</summary>
    protected virtual IReadOnlyList<DateTimeOffset> Listed() => [];

    public virtual string ButtonText(SessionMailContext context) => context.IsElsewhere ? MailText.SeeSession : MailText.JoinButton;

    /// <summary>The one link that the mail is about; null for a mail without a button.</summary>
    public virtual Uri? ButtonUrl(SessionMailContext context) =>
        context.IsElsewhere ? context.SessionUrl ?? context.JoinUrl : context.JoinUrl;

    public virtual string? Note(SessionMailContext context) =>
        context.JoinUrl is null ? null : WithPlace(context, Opens(context) + " " + MailText.LinkIsYours);

    /// <summary>What to do where people meet elsewhere than on a page; what is said of links belongs to those that lead to one.</summary>
    protected string WithPlace(SessionMailContext context, string ofLink) => context.Place is not { } place ? ofLink
        : PlaceWords.Sentence(place, Session.ReaderRole) + (context.IsElsewhere ? "" : " " + ofLink);

    /// <summary>The quiet links. Somebody whose link was withdrawn can open none of them.</summary>
    public virtual IEnumerable<MailLink> Links(SessionMailContext context)
    {
        if (context.MoveUrl is { } move)
            yield return new(MailText.RescheduleLink, move);
        if (context.CancelUrl is { } cancel)
            yield return new(context.LeavesGroup ? MailText.CancelSeatLink : MailText.CancelLink, cancel);
        // For readers whose mail program makes nothing of the invitation that comes along.
        if (context.CalendarUrl is { } calendar && Calendar() is CalendarPart.Invite or CalendarPart.InviteAll)
            yield return new(MailText.CalendarLink, calendar);
        foreach (var page in JustPage(context).Where(p => p.Url != ButtonUrl(context)))
            yield return page;
    }

    /// <summary>Where people try their devices and read what to do, for mails that lead to a meeting on a page.</summary>
    protected static IEnumerable<MailLink> Help(SessionMailContext context) =>
        context.HelpUrl is { } help ? [new(MailText.HelpLink, help)] : [];

    public SessionCardFacts Card(SessionMailContext context) => new(Session, context, context.Standing == Says() ? null : context.Standing);

    public sealed override string Text(MailContext context) => Text((SessionMailContext)context);

    private string Text(SessionMailContext context)
    {
        var text = new PlainText(context).Paragraph(Heading(context)).Hello();
        if (WholeLead(context) is { } lead)
            text.Paragraph(lead);
        if (Quote(context) is { Words.Length: > 0 } quote)
            text.Paragraph(quote.Pattern.With(PlainText.Isolate(quote.Words)));
        text.Paragraph(Card(context).Text()).List(ListHeading(), Lines(context)).Link(ButtonText(context), ButtonUrl(context));
        if (Note(context) is { } note)
            text.Paragraph(note);
        return text.Links(Links(context)).Link(MailText.RemindersOff, context.UnsubscribeUrl).End(Why(context));
    }

    /// <summary>What lists of mails show after the subject.</summary>
    public virtual string Preheader(SessionMailContext context)
    {
        var card = new SessionCardFacts(Session with { StartUtc = SubjectStart }, context, null);
        return Session.Topic is "" ? MailText.PreheaderTime.With(card.Range, card.Zone)
            : MailText.Preheader.With(PlainText.Isolate(Session.Topic), card.Range, card.Zone);
    }

    public string? ListHeading() => Listed() is { Count: > 0 } listed ? Plural.Of("SessionsListed", listed.Count) : null;

    public IReadOnlyList<string> Lines(SessionMailContext context) => [.. Listed().Select(start => Moment(start, context))];

    public static string Why(SessionMailContext context) => (context switch
    {
        { IsForAdmin: true } => MailText.WhyAdmin,
        { IsForGuardian: true } => MailText.WhyGuardian,
        { Standing: SessionStanding.Withdrawn or SessionStanding.Left } => MailText.WhyFormer,
        _ => MailText.WhySession,
    }).With(context.ProductName);

    /// <summary>From when the reader's link lets in.</summary>
    protected static string Opens(SessionMailContext context) => context.OpensMinutesBefore == 0 ? MailText.OpensAtStart
        : MailText.OpensBefore.With(Spans.Of(TimeSpan.FromMinutes(context.OpensMinutesBefore)));

    protected static IEnumerable<MailLink> JustPage(SessionMailContext context) =>
        context is { SessionUrl: { } page, Standing: not (SessionStanding.Withdrawn or SessionStanding.Left) }
            ? [new(MailText.SeeSession, page)] : [];

    /// <summary>A moment in the reader's zone and words.</summary>
    protected static string Moment(DateTimeOffset utc, SessionMailContext context) =>
        SessionTime.Moment(utc, context.TimeZone, context.Language);

    /// <summary>A time of day alone.</summary>
    protected static string Clock(DateTimeOffset utc, SessionMailContext context) =>
        SessionTime.Isolated(SessionTime.Clock(utc, context.TimeZone));

    private string About(MailContext context)
    {
        var day = SessionTime.ShortDay(SubjectStart, context.TimeZone, context.Language, context.NowUtc);
        var clock = SessionTime.Clock(SubjectStart, context.TimeZone);
        return (SubjectNames.Count > 0, Session.Topic) switch
        {
            (true, _) => MailText.SubjectWith.With(day, clock, Names.Line(SubjectNames)),
            (_, "") => MailText.SubjectTime.With(day, clock),
            (_, var topic) => MailText.SubjectTopic.With(day, clock, topic),
        };
    }
}
