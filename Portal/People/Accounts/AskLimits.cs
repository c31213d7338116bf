using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;

namespace Portal.People.Accounts;

/// <summary>
/// How often people who are not signed in can make the portal write a mail: to one mailbox, from one network, and all together. What
/// is typed counts, whether or not there is such an account. Each portal counts for itself, in memory, by the hour; the ceiling for all
/// bounds the counts as well.
/// </summary>
public sealed class AskLimits(IOptions<AccountOptions> options, TimeProvider clock)
{
    public const int PerAddress = 10;

    private static readonly TimeSpan Stretch = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _asked = [];
    private DateTimeOffset _since;

    /// <summary>False when it is too much; then nothing more is counted.</summary>
    /// <param name="address">As <see cref="Profile.EmailAddress.Key"/> writes it.</param>
    /// <param name="network">Where it is asked from.</param>
    public bool MayAsk(string address, string network)
    {
        var all = options.Value.AnonymousMailsPerHour;
        (string Key, int Max)[] counts = [($"mailbox:{Mailbox.Of(address)}", PerAddress), ($"network:{network}", Math.Max(1, all / 10)), ("all", all)];
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _since >= Stretch || now < _since)
            {
                _asked.Clear();
                _since = now;
            }
            if (counts.Any(c => _asked.GetValueOrDefault(c.Key) >= c.Max))
                return false;
            foreach (var (key, _) in counts)
                _asked[key] = _asked.GetValueOrDefault(key) + 1;
            return true;
        }
    }
}
