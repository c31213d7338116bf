using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Recordings;

namespace Portal.Pages.Sessions;

/// <summary>Whether the session may be recorded, who agrees, and what was recorded.</summary>
/// <param name="Recordings">Null for who may not know of any.</param>
/// <param name="MayBeRecorded">People are asked whether they agree.</param>
/// <param name="Mine">What the reader said.</param>
/// <param name="Others">For the mentor, before there is a recording: who has not agreed.</param>
/// <param name="MayAdd">The mentor, once the session has begun.</param>
/// <param name="Zone">The reader's.</param>
public sealed record RecordingsView(
    Guid SessionId, RecordingView? Recordings, bool MayBeRecorded, RecordingAnswer? Mine, IReadOnlyList<SessionParticipant> Others,
    bool MayAdd, string Zone)
{
    /// <summary>Null where nothing is to be said to this reader.</summary>
    public static async Task<RecordingsView?> ReadAsync(
        SessionPageModel page, SessionRecordings recordings, Consents consents, CancellationToken cancellationToken)
    {
        var (session, me) = (page.Session, page.Me);
        if (me is not { IsIn: true } || session.State is not (SessionState.Confirmed or SessionState.Completed))
            return null;
        var found = await recordings.ReadAsync(session, Caller.From(page.User), cancellationToken);
        var mayBe = session.State == SessionState.Confirmed && await consents.MayBeRecordedAsync(session, cancellationToken);
        var isMentor = me.Role == ParticipantRole.Mentor;
        var others = isMentor && mayBe
            ? session.Participants.Where(p => p is { IsIn: true, RecordingAnswer: RecordingAnswer.No } && p.Id != me.Id).ToList() : [];
        var mayAdd = isMentor && session.StartUtc <= page.Now;
        // What was said, or stands in the way of a recording, can be changed as long as it matters.
        var asks = consents.AreAsked && (mayBe || me.RecordingAnswer is not null || found is { All.Count: > 0 });
        return asks || mayAdd || found is { All.Count: > 0 }
            ? new(session.Id, found, asks, me.RecordingAnswer, others, mayAdd, page.ReaderZone) : null;
    }
}
