using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Mail.Queue;
using Portal.People.SignIn;

namespace Portal.People.Mails;

/// <summary>
/// Mails about an account, queued in the caller's unit of work. Anybody can ask for them with anybody's address, so each
/// goes out once in a while at most, and an address that nobody has confirmed is greeted by no name.
/// </summary>
public sealed class AccountMails(Outbox outbox, SecurityTrail trail, TimeProvider clock)
{
    public static readonly TimeSpan BetweenConfirmations = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(1);
    public static readonly TimeSpan BetweenWarnings = TimeSpan.FromDays(1);

    public Task ConfirmAddressAsync(PortalUser user, CancellationToken cancellationToken) =>
        outbox.AddOnceAsync(new ConfirmAddress(), user.ToRecipient() with { Name = "" }, Occasion(BetweenConfirmations), cancellationToken);

    public Task AddressTakenAsync(PortalUser owner, CancellationToken cancellationToken) =>
        outbox.AddOnceAsync(new AddressTaken(), owner.ToRecipient(), Occasion(BetweenReminders), cancellationToken);

    public Task ResetPasswordAsync(PortalUser user, CancellationToken cancellationToken) =>
        outbox.AddOnceAsync(new ResetPassword(), user.ToRecipient(), Occasion(BetweenConfirmations), cancellationToken);

    /// <summary>To an address that is not the account's yet.</summary>
    public Task ConfirmNewAddressAsync(PortalUser user, string address, CancellationToken cancellationToken)
    {
        var which = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToUpperInvariant())), 0, 8);
        var to = user.ToRecipient() with { Address = address, Name = "" };
        return outbox.AddOnceAsync(new ConfirmNewAddress(), to, $"{which}:{Occasion(BetweenConfirmations)}", cancellationToken);
    }

    /// <summary>Tells the owner of an account, and the security log, what was just changed about it. The caller saves.</summary>
    /// <param name="user">Who owns it.</param>
    /// <param name="what">Was changed, or will be.</param>
    /// <param name="at">Now, where nothing is said.</param>
    public void Notice(PortalUser user, SecurityChange what, DateTimeOffset? at = null)
    {
        trail.Note($"account.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(what.ToString())}", user.Id, null);
        outbox.Add(new SecurityNotice(what, at ?? clock.GetUtcNow()), user.ToRecipient(), Guid.CreateVersion7().ToString("n"));
    }

    /// <summary>The same for what others tried: once a day at most, however often they do.</summary>
    public Task WarnAsync(PortalUser user, SecurityChange what, CancellationToken cancellationToken) =>
        outbox.AddOnceAsync(
            new SecurityNotice(what, clock.GetUtcNow()), user.ToRecipient(), $"{what}:{Occasion(BetweenWarnings)}", cancellationToken);

    /// <summary>The outbox takes each occasion once: here, a stretch of time.</summary>
    private string Occasion(TimeSpan stretch)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % stretch.Ticks)).ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
    }
}
