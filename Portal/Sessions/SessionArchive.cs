using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Rooms;

namespace Portal.Sessions;

/// <param name="WithoutMeeting">Those alone whose meeting was tried to be made in vain.</param>
public sealed record SessionFilter(
    SessionState? State = null, bool? Ahead = null, string? Search = null, Guid? PersonId = null, bool WithoutMeeting = false);

/// <param name="Mentees">Who holds a seat, in order of the name.</param>
/// <param name="ProviderId">Of the meeting as it is now; null before there is one.</param>
public sealed record SessionListItem(
    Guid Id, string Topic, string Mentor, IReadOnlyList<string> Mentees, int Capacity, DateTimeOffset StartUtc, int LengthMinutes,
    SessionState State, string? ProviderId, MeetingLinkState? Meeting);

public sealed record SessionListPage(IReadOnlyList<SessionListItem> Items, bool HasMore)
{
    public static SessionListPage Empty { get; } = new([], false);
}

/// <summary>All sessions, for administrators.</summary>
public sealed class SessionArchive(PortalDbContext db, TimeProvider clock)
{
    public const int PageSize = 50;
    public const int MaxSearch = 100;

    /// <summary>Empty for callers who may not look. What is ahead comes with the next one first, all else with the latest first.</summary>
    /// <param name="page">From 1.</param>
    public async Task<SessionListPage> ListAsync(Caller caller, SessionFilter filter, int page, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return SessionListPage.Empty;
        var found = Filtered(filter);
        var ordered = filter.Ahead == true
            ? found.OrderBy(s => s.StartUtc).ThenBy(s => s.Id)
            : found.OrderByDescending(s => s.StartUtc).ThenBy(s => s.Id);
        var items = await ordered.Skip((page - 1) * PageSize).Take(PageSize + 1)
            .Select(s => new SessionListItem(s.Id, s.Topic, s.Mentor.DisplayName,
                s.Participants.Where(p => p.Role == ParticipantRole.Mentee
                        && p.WithdrawnUtc == null && p.LeftUtc == null && p.WaitingSinceUtc == null)
                    .Select(p => p.User != null ? p.User.DisplayName : p.OwnName ?? "").OrderBy(name => name).ToList(),
                s.Capacity, s.StartUtc, s.LengthMinutes, s.State,
                s.Links.Where(l => l.RoomVersion == s.RoomVersion).Select(l => l.ProviderAccount.ProviderId).FirstOrDefault(),
                s.Links.Where(l => l.RoomVersion == s.RoomVersion).Select(l => (MeetingLinkState?)l.State).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        return new([.. items.Take(PageSize)], items.Count > PageSize);
    }

    private IQueryable<MentoringSession> Filtered(SessionFilter filter)
    {
        var now = clock.GetUtcNow();
        var sessions = db.Sessions.AsNoTracking().AsSplitQuery();
        if (filter.State is { } state)
            sessions = sessions.Where(s => s.State == state);
        if (filter.Ahead is { } ahead)
            sessions = sessions.Where(s => s.StartUtc.AddMinutes(s.LengthMinutes) > now == ahead);
        if (filter.PersonId is { } person)
            sessions = sessions.Where(s => s.Participants.Any(p => p.UserId == person));
        if (filter.WithoutMeeting)
            sessions = sessions.Where(s => s.State == SessionState.Confirmed && s.StartUtc > now
                && s.Links.Any(l => l.State != MeetingLinkState.Ready && l.RoomVersion == s.RoomVersion && l.Attempts > 0));
        var part = FreeText.Query(filter.Search, MaxSearch).ToUpperInvariant();
        return part.Length == 0 ? sessions : sessions.Where(s => s.Topic.ToUpper().Contains(part)
            || s.Participants.Any(p => p.User != null && p.User.DisplayName.ToUpper().Contains(part)));
    }
}
