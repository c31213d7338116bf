using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using Providers;

namespace Portal.Sessions.Live;

/// <summary>
/// What tools tell of meetings, by webhook or afterwards, in the records of the session. A tool may tell it twice and in any order; who
/// came in is named only where the tool knows it, for names are what people type.
/// </summary>
public sealed class ToolSigns(PortalDbContext db, SessionRecordings recordings, TimeProvider clock, ILogger<ToolSigns> log)
{
    private const int MaxIdCharacters = 200;
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(10);

    /// <summary>Returns how many of them were new.</summary>
    /// <param name="providerId">Whose they are.</param>
    /// <param name="signs">In any order.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<int> WriteAsync(string providerId, IReadOnlyList<MeetingSign> signs, CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var meeting in signs.Where(IsUsable).GroupBy(s => s.MeetingKey))
        {
            if (await SessionOfAsync(providerId, meeting.Key, cancellationToken) is not { } session)
            {
                log.LogInformation("{Provider} told of a meeting that is none of ours", providerId);
                continue;
            }
            foreach (var sign in meeting)
                written += await (sign.Recording is { } recording
                    ? recordings.ToldAsync(providerId, session.Id, sign.Id, recording, cancellationToken)
                    : WriteAsync(providerId, session, sign, cancellationToken)) ? 1 : 0;
        }
        return written;
    }

    private static bool IsUsable(MeetingSign? sign) => sign is { Id.Length: > 0 and <= MaxIdCharacters, MeetingKey.Length: > 0 }
        && Enum.IsDefined(sign.Kind)
        && sign.Kind == MeetingSignKind.Recorded == sign.Recording is { Link.IsAbsoluteUri: true }
        && !sign.Id.Contains('\0') && !sign.MeetingKey.Contains('\0');

    private async Task<MentoringSession?> SessionOfAsync(string providerId, string key, CancellationToken cancellationToken)
    {
        var id = await db.MeetingLinks.Where(l => l.ToolKey == key && l.ProviderAccount.ProviderId == providerId)
            .OrderByDescending(l => l.RoomVersion).Select(l => (Guid?)l.SessionId).FirstOrDefaultAsync(cancellationToken);
        return id is null ? null : await db.Sessions.AsNoTracking().Include(s => s.Participants).ThenInclude(p => p.User)
            .FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
    }

    private Task<bool> WriteAsync(string providerId, MentoringSession session, MeetingSign sign, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.MeetingEvents.Add(new MeetingEvent
        {
            SessionId = session.Id,
            ParticipantId = WhoIs(session, sign)?.Id,
            Kind = KindOf(sign.Kind),
            // By the tool's clock, which may be wrong; what has not happened yet cannot have been told.
            AtUtc = sign.At > now + MaxAhead ? now : sign.At.ToUniversalTime(),
            SignId = $"{providerId}:{sign.Id}",
        });
        return db.TrySaveAsync(cancellationToken);
    }

    private static SessionParticipant? WhoIs(MentoringSession session, MeetingSign sign)
    {
        var found = session.Participants.Where(p => sign.Participant is { } id && (p.UserId ?? p.Id) == id
            || sign.Email is { Length: > 0 } email && email.Equals(p.User is { EmailConfirmed: true } user ? user.Email : null,
                StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static MeetingEventKind KindOf(MeetingSignKind kind) => kind switch
    {
        MeetingSignKind.Started => MeetingEventKind.ToolStarted,
        MeetingSignKind.Ended => MeetingEventKind.ToolEnded,
        MeetingSignKind.Joined => MeetingEventKind.ToolJoined,
        _ => MeetingEventKind.ToolLeft,
    };
}
