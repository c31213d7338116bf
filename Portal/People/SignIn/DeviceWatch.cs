using System.Collections.Concurrent;
using System.Security.Claims;

namespace Portal.People.SignIn;

/// <summary>Which devices this portal has just looked up, and who is there, so that not every request asks the database.</summary>
public sealed class DeviceWatch
{
    private const int Max = 50_000;

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, ClaimsPrincipal? Person)> _checked = new();

    public bool IsFresh(Guid device, DateTimeOffset now) =>
        _checked.TryGetValue(device, out var seen) && now >= seen.At && now - seen.At < Devices.BetweenChecks;

    public void Remember(Guid device, DateTimeOffset now)
    {
        if (_checked.Count > Max)
            _checked.Clear();
        _checked[device] = (now, null);
    }

    public void Forget(Guid device) => _checked.TryRemove(device, out _);

    /// <summary>A program's person, as the account was when the device was last looked up; null where that is too long ago.</summary>
    public ClaimsPrincipal? PersonOf(Guid device) => _checked.TryGetValue(device, out var seen) ? seen.Person : null;

    public void Keep(Guid device, ClaimsPrincipal person)
    {
        if (_checked.TryGetValue(device, out var seen))
            _checked.TryUpdate(device, (seen.At, person), seen);
    }
}
