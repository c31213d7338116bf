using Localization;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>What comes next once a session is over, for one reader: a sentence, and the one or two steps that there are.</summary>
/// <param name="Title">How it ended.</param>
/// <param name="Sentence">Null where the title says it all.</param>
/// <param name="FeedbackUrl">Null for who has nothing to say about it, or not yet.</param>
/// <param name="HasRated">It can be changed.</param>
/// <param name="RebookUrl">The same mentor's free times, for the same kind of session; null where there are none to be had.</param>
/// <param name="IsRebookFirst">It is what one came for.</param>
/// <param name="RebookText">The words of the link.</param>
public sealed record AfterView(
    string Title, string? Sentence, string? FeedbackUrl, bool HasRated, string? RebookUrl, bool IsRebookFirst, string RebookText)
{
    /// <summary>The notes stand further down on the page.</summary>
    public bool HasNotes { get; init; }

    /// <summary>Likewise of a recording.</summary>
    public bool HasRecording { get; init; }

    /// <summary>Null before the end, and for who had no seat in it.</summary>
    public static async Task<AfterView?> ReadAsync(
        SessionPageModel page, DateTimeOffset now, MentorCalendar calendar, CancellationToken cancellationToken)
    {
        var (session, role) = (page.Session, page.Me?.Role ?? (page.Ward is null ? null : ParticipantRole.Mentee));
        var ended = session.State is SessionState.Completed or SessionState.Missed
            || session.State == SessionState.Confirmed && now >= session.EndUtc;
        if (!ended || role is not (ParticipantRole.Mentor or ParticipantRole.Mentee))
            return null;
        var seat = page.Me ?? page.Ward!;
        var (title, sentence) = Words(session, seat, role.Value);
        var wasMissed = session.State == SessionState.Missed || seat.MissedUtc is not null;
        // Mentors see their own free times there, to pass on; after a session that was held they need none.
        var rebooks = (role == ParticipantRole.Mentee || wasMissed)
            && await calendar.FindAsync(session.MentorId, cancellationToken) is not null;
        var rates = page.Rights.GiveFeedback.IsAllowed();
        return new(
            title, sentence, rates ? $"/sessions/{session.Id}/feedback" : null, seat.Rating is not null,
            rebooks ? $"/mentors/{session.MentorId}" + (session.KindId is { } kind ? $"?kind={kind}" : "") : null, wasMissed,
            role == ParticipantRole.Mentor ? UiText.AfterFreeTimes : wasMissed ? UiText.AfterRebook : UiText.AfterBookNext);
    }

    private static (string Title, string? Sentence) Words(MentoringSession session, SessionParticipant seat, ParticipantRole role)
    {
        if (seat.MissedUtc is not null)
            return (UiText.AfterYouMissed, role == ParticipantRole.Mentor ? UiText.AfterYouMissedMentor : UiText.AfterYouMissedMentee);
        if (session.State != SessionState.Missed)
            return (UiText.AfterHeld, role == ParticipantRole.Mentor ? null : UiText.AfterHeldMentee);
        return role == ParticipantRole.Mentor
            ? (UiText.AfterMenteeMissed, UiText.AfterMenteeMissedWhat)
            : (UiText.AfterMentorMissed, UiText.AfterMentorMissedWhat.With(Names.One(session.Mentor.DisplayName)));
    }
}
