using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Sessions.Mails;
using Portal.Settings;

namespace Portal.Sessions.Reminders;

/// <summary>
/// When each person wants to be reminded. The link in a reminder switches them off without a sign-in: for an account all of them,
/// for a guest those of that session.
/// </summary>
public sealed class ReminderChoices(
    PortalDbContext db, IDataProtectionProvider protection, PublicAddress address, IOptions<ReminderOptions> options, TimeProvider clock)
{
    private const int MaxToken = 400;
    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Reminders.Off");

    public IReadOnlyList<int> Installation => [.. options.Value.MinutesBefore.OrderDescending()];

    /// <summary>What can be chosen; with what the installation does, and with what this person has chosen before.</summary>
    public IReadOnlyList<int> Offered(string? own) =>
        [.. ReminderRules.Choices.Union(Installation).Union(ReminderRules.Of(own, [])).OrderDescending()];

    public IReadOnlyList<int> Chosen(string? own) => ReminderRules.Of(own, Installation);

    /// <summary>
    /// None is a choice as well; null is what the installation does. Who chooses what the installation does goes along with it from now
    /// on.
    /// </summary>
    /// <returns>False when one of them cannot be chosen; then nothing is saved.</returns>
    public async Task<bool> SaveAsync(Guid userId, IReadOnlyCollection<int>? minutes, CancellationToken cancellationToken)
    {
        if (await db.Users.Where(u => u.Id == userId).Select(u => new { u.Reminders })
            .SingleOrDefaultAsync(cancellationToken) is not { } user
            || minutes?.Except(Offered(user.Reminders)).Any() == true)
            return false;
        var own = minutes is null ? null : ReminderRules.Write(minutes);
        var stored = own == ReminderRules.Write(Installation) ? null : own;
        await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(u => u.Reminders, stored), cancellationToken);
        return true;
    }

    /// <summary>The address by which the reader of a reminder ends them.</summary>
    public Uri OffUrl(OutboxMessage reminder) => address.To("mail/reminders/" + MailedCode.Write(_protector.Protect(
        Encoding.UTF8.GetBytes(reminder.UserId is { } user ? $"u{user:N}" : $"p{reminder.ParticipantId:N}"))));

    /// <summary>Whom a link speaks for; null for one that was never given out.</summary>
    public RemindedPerson? Read(string? token)
    {
        if (token is not { Length: > 0 and < MaxToken } || MailedCode.Read(token) is not { } bytes)
            return null;
        try
        {
            var text = Encoding.UTF8.GetString(_protector.Unprotect(bytes));
            return Guid.TryParseExact(text[1..], "N", out var id) ? new(id, IsGuest: text[0] == 'p') : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>No more reminders, nor those that wait to be sent. Once more changes nothing.</summary>
    public async Task SwitchOffAsync(RemindedPerson person, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (person.IsGuest)
            await db.Participants.Where(p => p.Id == person.Id && p.RemindersOffUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.RemindersOffUtc, now), cancellationToken);
        else
            await db.Users.Where(u => u.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Reminders, ""), cancellationToken);
        await db.Outbox.Where(m => m.Kind == nameof(SessionReminder) && m.State == OutboxState.Waiting && m.ClaimedBy == null
                && (person.IsGuest ? m.ParticipantId == person.Id : m.UserId == person.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, OutboxState.Dropped), cancellationToken);
    }
}

/// <param name="Id">An account, or a guest's place in one session.</param>
public sealed record RemindedPerson(Guid Id, bool IsGuest);
