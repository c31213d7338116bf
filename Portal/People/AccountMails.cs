using System.Globalization;
using Portal.Mail;

namespace Portal.People;

/// <summary>
/// Mails about an account, queued in the caller's unit of work. Anybody can ask for them with anybody's address, so each
/// goes out once in a while at most.
/// </summary>
public sealed class AccountMails(Outbox outbox, TimeProvider clock)
{
    public static readonly TimeSpan BetweenConfirmations = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(1);

    public Task ConfirmAddressAsync(PortalUser user, CancellationToken cancellationToken) =>
        outbox.AddAsync(new ConfirmAddress(), user, Occasion(BetweenConfirmations), cancellationToken);

    public Task AddressTakenAsync(PortalUser owner, CancellationToken cancellationToken) =>
        outbox.AddAsync(new AddressTaken(), owner, Occasion(BetweenReminders), cancellationToken);

    /// <summary>The outbox takes each occasion once: here, a stretch of time.</summary>
    private string Occasion(TimeSpan stretch)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % stretch.Ticks)).ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
    }
}
