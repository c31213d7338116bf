using Localization;
using Portal.Mail.Rendering;
using MeetingPlace = Providers.MeetingPlace;

namespace Portal.Sessions.Mails;

/// <summary>The session card in the reader's words, for both parts of a mail.</summary>
public sealed class SessionCardFacts
{
    /// <param name="session">What the mail knows of it.</param>
    /// <param name="context">The reader.</param>
    /// <param name="standing">Null where the mail's own words say it already.</param>
    public SessionCardFacts(SessionFacts session, SessionMailContext context, SessionStanding? standing)
    {
        Day = SessionTime.Day(session.StartUtc, context.TimeZone, context.Language);
        Leaf = SessionTime.Leaf(session.StartUtc, context.TimeZone, context.Language);
        Range = SessionTime.Range(session.StartUtc, session.LengthMinutes, context.TimeZone, context.Language);
        Zone = SessionTime.Zone(context.TimeZone, context.Language);
        With = Names.Several(session.With);
        Topic = session.Topic;
        Standing = standing;
        Place = context.Place;
        OtherSide = OtherSideOf(session, context);
    }

    public string Day { get; }
    public (string Weekday, string Day, string Month) Leaf { get; }
    public string Range { get; }
    public string Zone { get; }

    /// <summary>Empty for a group that nobody is in yet.</summary>
    public string With { get; }
    public string Topic { get; }
    public SessionStanding? Standing { get; }

    /// <summary>Null for a meeting on a page.</summary>
    public MeetingPlace? Place { get; }

    /// <summary>Null where there is nothing to add to the mail's own words.</summary>
    public string? State => Standing switch
    {
        SessionStanding.Open => MailText.StateConfirmed,
        SessionStanding.Cancelled => MailText.StateCancelled,
        SessionStanding.Declined => MailText.StateDeclined,
        SessionStanding.Expired => MailText.StateExpired,
        SessionStanding.Left => MailText.StateLeft,
        SessionStanding.Requested => MailText.StateRequested,
        SessionStanding.Missed => MailText.StateMissed,
        SessionStanding.WaitingList => MailText.StateWaitingList,
        SessionStanding.Over => MailText.StateOver,
        _ => null,
    };

    /// <summary>What time it is for the other side, when it is another.</summary>
    public string? OtherSide { get; }

    public static string? OtherSideOf(SessionFacts session, SessionMailContext context)
    {
        if (session.With.Count == 0 || session.WithTimeZone is not { } other
            || !SessionTime.Differs(session.StartUtc, context.TimeZone, other))
            return null;
        var (names, time) = (Names.Several(session.With), PlainText.Isolate(SessionTime.Clock(session.StartUtc, other)));
        var day = SessionTime.Day(session.StartUtc, other, context.Language);
        var zone = SessionTime.Zone(other, context.Language);
        // The other side may already be in another day.
        return day == SessionTime.Day(session.StartUtc, context.TimeZone, context.Language)
            ? MailText.OtherSide.With(names, time, zone)
            : MailText.OtherSideOtherDay.With(names, day, time, zone);
    }

    /// <summary>For the text part, in the order of the HTML's card.</summary>
    public string Text()
    {
        string?[] lines =
        [
            $"{MailText.When}: {Day}{MailText.Comma}{PlainText.Isolate(Range)}",
            $"  {Zone}",
            OtherSide is null ? null : $"  {OtherSide}",
            With is "" ? null : $"{MailText.With}: {With}",
            Topic is "" ? null : $"{MailText.Topic}: {PlainText.Isolate(Topic)}",
            Place is null ? null : $"{MailText.Where}: {PlaceWords.Line(Place)}",
            State is null ? null : $"{MailText.State}: {State}",
        ];
        return string.Join('\n', lines.OfType<string>());
    }
}
