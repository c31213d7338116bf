using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;

namespace Portal.Joining.Live;

/// <summary>What a session looked like: any change to it, to who is there or to its room changes this.</summary>
/// <param name="Notes">Of what people write down beside it, which changes nothing about the session.</param>
internal sealed record SessionPrint(
    Guid Token, int RoomVersion, int Events, DateTimeOffset? LastEvent, MeetingLinkState? Link, int AtDoor, int? Notes);

/// <summary>
/// Tells who watches a session that something about it changed. One query a second asks for all of them, while anybody watches: portals
/// that share a database need nothing else to agree.
/// </summary>
public sealed class SessionWatch(
    IServiceScopeFactory scopes, IOptions<LiveOptions> options, TimeProvider clock, ILogger<SessionWatch> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Well within the silence after which somebody is no longer at the door.</summary>
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Watched> _sessions = [];
    private readonly Dictionary<Guid, int> _people = [];
    private int _watchers;
    private bool _looks;
    private DateTimeOffset _signed;

    /// <summary>How many watch now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _watchers;
        }
    }

    /// <summary>Null when as many watch as may. The first word comes as soon as it is known from when on changes are seen.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="personId">Whose page: an account or a participant.</param>
    /// <param name="isAtDoor">It is a participant's, who waits there.</param>
    internal Watcher? Begin(Guid sessionId, Guid personId, bool isAtDoor = false)
    {
        lock (_lock)
        {
            var session = _sessions.GetValueOrDefault(sessionId);
            if (_watchers >= options.Value.MaxStreams || session?.Watchers.Count >= options.Value.MaxStreamsPerSession
                || _people.GetValueOrDefault(personId) >= options.Value.MaxStreamsPerPerson)
                return null;
            session ??= _sessions[sessionId] = new Watched();
            var watcher = new Watcher(w => End(sessionId, personId, w), isAtDoor ? personId : null);
            session.Watchers.Add(watcher);
            _people[personId] = _people.GetValueOrDefault(personId) + 1;
            _watchers++;
            if (session.IsKnown)
                watcher.Tell(News.Session);
            if (!_looks)
            {
                _looks = true;
                _ = Task.Run(LookAsync);
            }
            return watcher;
        }
    }

    private void End(Guid sessionId, Guid personId, Watcher watcher)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(sessionId, out var session) || !session.Watchers.Remove(watcher))
                return;
            if (session.Watchers.Count == 0)
                _sessions.Remove(sessionId);
            _watchers--;
            if (--_people[personId] == 0)
                _people.Remove(personId);
        }
    }

    private async Task LookAsync()
    {
        while (true)
        {
            List<Guid> ids, waiting;
            lock (_lock)
            {
                if (_sessions.Count == 0)
                {
                    _looks = false;
                    return;
                }
                ids = [.. _sessions.Keys];
                waiting = [.. _sessions.Values.SelectMany(s => s.Watchers).Select(w => w.AtDoor).OfType<Guid>().Distinct()];
            }
            try
            {
                await SignAsync(waiting);
                Compare(ids, await ReadAsync(ids));
                await Task.Delay(Every, clock);
            }
            catch (ObjectDisposedException)
            {
                return; // the portal has ended
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Sessions that people watch could not be read");
                await Task.Delay(AfterFailure, clock);
            }
        }
    }

    /// <summary>Keeps those at the door, whose pages listen: one statement for all of them.</summary>
    private async Task SignAsync(List<Guid> waiting)
    {
        var now = clock.GetUtcNow();
        if (waiting.Count == 0 || now < _signed + BetweenSigns)
            return;
        await using var scope = scopes.CreateAsyncScope();
        await DoorSigns.KeepAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), waiting, now, CancellationToken.None);
        _signed = now;
    }

    private async Task<Dictionary<Guid, SessionPrint>> ReadAsync(List<Guid> ids)
    {
        var heard = clock.GetUtcNow() - Gatherings.MaxSilence;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        return await db.Sessions.Where(s => ids.Contains(s.Id)).Select(s => new
        {
            s.Id,
            Print = new SessionPrint(
                s.ConcurrencyToken, s.RoomVersion, db.MeetingEvents.Count(e => e.SessionId == s.Id),
                db.MeetingEvents.Where(e => e.SessionId == s.Id).Max(e => (DateTimeOffset?)e.AtUtc),
                s.Links.Where(l => l.RoomVersion == s.RoomVersion).Select(l => (MeetingLinkState?)l.State).FirstOrDefault(),
                s.Participants.Count(p => p.AtDoorUtc >= heard),
                db.SessionNotes.Where(n => n.SessionId == s.Id).Select(n => (int?)n.Version).FirstOrDefault()),
        }).ToDictionaryAsync(s => s.Id, s => s.Print);
    }

    private void Compare(List<Guid> ids, Dictionary<Guid, SessionPrint> prints)
    {
        lock (_lock)
            foreach (var id in ids)
                if (_sessions.TryGetValue(id, out var session)
                    && session.Compare(prints.GetValueOrDefault(id)) is var news and not News.None)
                    foreach (var watcher in session.Watchers)
                        watcher.Tell(news);
    }

    private sealed class Watched
    {
        private SessionPrint? _print;

        public HashSet<Watcher> Watchers { get; } = [];

        public bool IsKnown { get; private set; }

        public News Compare(SessionPrint? print)
        {
            var news = !IsKnown || print != _print ? News.Session : News.None;
            // Somebody types: nothing about the session has changed, and there is nothing to look at but the text.
            if (news == News.Session && IsKnown && print is not null && _print == print with { Notes = _print?.Notes })
                news = News.Notes;
            (IsKnown, _print) = (true, print);
            return news;
        }
    }
}
