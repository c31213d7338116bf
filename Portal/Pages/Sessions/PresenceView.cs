using Portal.Pages.Shared;
using Portal.Sessions;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <summary>Who is there, who comes late and who has not come.</summary>
/// <param name="Session">The session.</param>
/// <param name="Zone">The reader's.</param>
/// <param name="Late">Null where there is nothing to say about it.</param>
/// <param name="Presence">Who came.</param>
/// <param name="MayRecord">The time has come to record who is missing.</param>
public sealed record PresenceView(MentoringSession Session, string Zone, LateModel? Late, Presence Presence, bool MayRecord)
{
    /// <summary>Empty for people on no side of the session.</summary>
    public static async Task<PresenceView> ReadAsync(
        SessionPageModel page, DateTimeOffset now, Lateness lateness, Attendance attendance, CancellationToken cancellationToken)
    {
        var (session, zone) = (page.Session, page.ReaderZone);
        if (page.Me is not { IsIn: true, Role: ParticipantRole.Mentor or ParticipantRole.Mentee } me)
            return new(session, zone, null, Presence.Unseen, MayRecord: false);
        var news = await lateness.ReadAsync(session.Id, me.Id, cancellationToken);
        var says = news.MaySay || news.Others.Count > 0 || news.OwnUtc is not null;
        var presence = await attendance.PresenceAsync(session, me, page.Rights, cancellationToken);
        return new(
            session, zone, says ? new LateModel(news, zone, $"/sessions/{session.Id}/presence?handler=Late", true) : null, presence,
            presence.Missing.Count > 0 && now >= presence.MissingFrom);
    }
}
