using System.Collections.Concurrent;
using Providers;

namespace Plugins.Simulator;

/// <summary>The tool's server, as far as it goes: who has opened which room, in this process's memory.</summary>
internal sealed class SimulatedRooms(TimeProvider clock)
{
    private const int MaxRooms = 1000;

    private readonly ConcurrentDictionary<string, Room> rooms = [];

    public void Open(string key)
    {
        if (rooms.Count >= MaxRooms)
            rooms.Clear();
        rooms.GetOrAdd(key, _ => new());
    }

    public bool IsEnded(string key) => rooms.TryGetValue(key, out var room) && room.Ended is not null;

    public void End(string key)
    {
        Open(key);
        rooms[key].Ended ??= clock.GetUtcNow();
    }

    /// <summary>Everyone who has come so far, this one included, each once and in the order of their coming.</summary>
    public IReadOnlyList<Visitor> Enter(string key, JoinParticipant person)
    {
        var room = rooms.GetOrAdd(key, _ => new());
        lock (room)
        {
            room.Visitors.Add(new(person.Id, person.Name, person.Role, clock.GetUtcNow()));
            return [.. room.Visitors.DistinctBy(v => v.Id)];
        }
    }

    /// <summary>Null for rooms that nobody here knows of: they were made before the portal was restarted.</summary>
    public (IReadOnlyList<Visitor> Visitors, DateTimeOffset? Ended)? Look(string key)
    {
        if (!rooms.TryGetValue(key, out var room))
            return null;
        lock (room)
            return ([.. room.Visitors], room.Ended);
    }

    private sealed class Room
    {
        public List<Visitor> Visitors { get; } = [];

        public DateTimeOffset? Ended { get; set; }
    }
}

internal sealed record Visitor(Guid Id, string Name, ParticipantRole Role, DateTimeOffset At);
