using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>The session card in the reader's words, for both parts of a mail.</summary>
public sealed class SessionCardFacts
{
    public SessionCardFacts(SessionFacts session, SessionMailContext context)
    {
        Day = SessionTime.Day(session.StartUtc, context.TimeZone, context.Language);
        Range = SessionTime.Range(session.StartUtc, session.LengthMinutes, context.TimeZone);
        Zone = SessionTime.Zone(context.TimeZone, context.Language);
        With = session.With;
        Topic = session.Topic;
        Standing = context.Standing;
        if (session.WithTimeZone is { } other && SessionTime.Differs(session.StartUtc, context.TimeZone, other))
        {
            // The other side may already be in another day.
            var time = SessionTime.Clock(session.StartUtc, other);
            var day = SessionTime.Day(session.StartUtc, other, context.Language);
            var zone = SessionTime.Zone(other, context.Language);
            OtherSide = isolate => day == Day
                ? MailText.OtherSide.With(isolate(session.With), isolate(time), zone)
                : MailText.OtherSideOtherDay.With(isolate(session.With), day, isolate(time), zone);
        }
    }

    public string Day { get; }
    public string Range { get; }
    public string Zone { get; }
    public string With { get; }
    public string Topic { get; }
    public SessionStanding Standing { get; }

    public string State => Standing switch
    {
        SessionStanding.Cancelled => MailText.StateCancelled,
        SessionStanding.Requested => MailText.StateRequested,
        SessionStanding.Missed => MailText.StateMissed,
        SessionStanding.WaitingList => MailText.StateWaitingList,
        SessionStanding.Over => MailText.StateOver,
        _ => MailText.StateConfirmed,
    };
    public string Where => MailText.Online;

    /// <summary>What time it is for the other side, when it is another; the argument isolates names and times.</summary>
    public Func<Func<string, string>, string>? OtherSide { get; }

    /// <summary>For the text part, in the order of the HTML's card.</summary>
    public string Text()
    {
        string?[] lines =
        [
            $"{MailText.When}: {Day}{MailText.Comma}{SessionTime.Isolated(Range)}",
            $"  {Zone}",
            OtherSide is null ? null : $"  {OtherSide(PlainText.Isolate)}",
            $"{MailText.With}: {PlainText.Isolate(With)}",
            $"{MailText.Topic}: {PlainText.Isolate(Topic)}",
            $"{MailText.Where}: {Where}",
            $"{MailText.State}: {State}",
        ];
        return string.Join('\n', lines.OfType<string>());
    }
}
