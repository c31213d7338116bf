using System.Diagnostics.CodeAnalysis;
using Portal.Mail.Rendering;
using Portal.Sessions.Rooms;
using MeetingPlace = Providers.MeetingPlace;

namespace Portal.Sessions.Mails;

/// <summary>What a mail about a session needs besides: how the session stands for its reader, and the links that lead there.</summary>
public sealed record SessionMailContext : MailContext
{
    [SetsRequiredMembers]
    public SessionMailContext(MailContext reader) : base(reader)
    {
    }

    /// <summary>How the session stands now, which may be later than the mail was written.</summary>
    public SessionStanding Standing { get; init; }

    /// <summary>
    /// When the session starts now, which may be another time than the mail was written for; null for a reader without a
    /// place in it.
    /// </summary>
    public DateTimeOffset? StartUtc { get; init; }

    /// <summary>Where the session takes place now; null for a meeting on a page, and for readers who are not in it.</summary>
    public MeetingPlace? Place { get; init; }

    /// <summary>There is nothing to join by a link.</summary>
    public bool IsElsewhere => Place.IsElsewhere();

    /// <summary>The reader runs the portal and has no part in the session that the mail is about.</summary>
    public bool IsForAdmin { get; init; }

    /// <summary>The reader answers for a child whose session it is.</summary>
    public bool IsForGuardian { get; init; }

    /// <summary>The reader's own; null when the reader has no working link (any more).</summary>
    public Uri? JoinUrl { get; init; }

    // The pages below need an account: null for readers without one.

    /// <summary>The session's page.</summary>
    public Uri? SessionUrl { get; init; }

    /// <summary>Another time can be chosen there; also null for who may not.</summary>
    public Uri? MoveUrl { get; init; }

    /// <summary>Cancels the session, or gives back the own seat; also null for who may not.</summary>
    public Uri? CancelUrl { get; init; }

    /// <summary>The session's page with the ways into a calendar; null once it has begun.</summary>
    public Uri? CalendarUrl { get; init; }

    /// <summary>Cancelling gives back the own seat and leaves the session to the others.</summary>
    public bool LeavesGroup { get; init; }

    /// <summary>What to do about camera and microphone; null where there is no page to join.</summary>
    public Uri? HelpUrl => JoinUrl is null || IsElsewhere ? null : new(JoinUrl, "../help");

    /// <summary>How long before the start the reader's link lets in.</summary>
    public int OpensMinutesBefore { get; init; }

    /// <summary>The page on which the reader says how the session was.</summary>
    public Uri? FeedbackUrl { get; init; }

    /// <summary>The free times of the session's own mentor, for the same kind of session.</summary>
    public Uri? RebookUrl { get; init; }

    /// <summary>The list of mentors, to book another time.</summary>
    public Uri? MentorsUrl { get; init; }
}

public enum SessionStanding
{
    Open,

    /// <summary>The mentor has not answered yet.</summary>
    Requested,

    /// <summary>The reader waits for a seat in it.</summary>
    WaitingList,
    Cancelled,

    /// <summary>The mentor said no to the request.</summary>
    Declined,

    /// <summary>Nobody answered the request.</summary>
    Expired,

    /// <summary>The reader gave the seat back; the session stands.</summary>
    Left,

    /// <summary>The session stands, the reader's link does not.</summary>
    Withdrawn,

    /// <summary>Somebody did not come.</summary>
    Missed,

    /// <summary>It has taken place.</summary>
    Over,
}
